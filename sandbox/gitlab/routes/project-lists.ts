import type { Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import { presentProject } from "../projects/response";
import { LEVELS } from "../world/access";
import type { Project } from "../world/state";
import { route, type Route } from "./route";

const OFFSET_LIMIT = { type: "Project", rows: 50_000 };

/** Lists of projects. */
export const PROJECT_LIST_ROUTES: readonly Route[] = [route("GET", "/projects", list)];

function list(call: Call): Answer {
  const { search, archived, owned, membership } = call.params({
    search: { type: "string" },
    archived: { type: "boolean" },
    owned: { type: "boolean" },
    membership: { type: "boolean" },
  });
  const least = owned === true ? LEVELS.owner : membership === true ? LEVELS.guest : LEVELS.none;
  const wanted = (project: Project): boolean => {
    const path = call.world.projectPath(project);
    return (
      call.sees(path, project.visibility) &&
      call.level(path) >= least &&
      (typeof archived !== "boolean" || project.archived === archived) &&
      (typeof search !== "string" || `${project.name} ${path}`.toLowerCase().includes(search.toLowerCase()))
    );
  };
  const rows = inOrder(call, call.world.state.projects.filter(wanted));
  return paginate(call, rows, (project) => presentProject(call, project, { permissions: true }), {
    offsetLimit: OFFSET_LIMIT,
  });
}

/** Projects as `order_by` and `sort` ask for, newest first when they ask for nothing. */
export function inOrder(call: Call, projects: readonly Project[]): Project[] {
  const { order_by: orderBy, sort } = call.params({
    order_by: { type: "string", values: ["id", "name", "path", "created_at", "updated_at", "last_activity_at"] },
    sort: { type: "string", values: ["asc", "desc"] },
  });
  const keys: Readonly<Record<string, (project: Project) => string>> = {
    name: ({ name }) => name.toLowerCase(),
    path: ({ path }) => path,
    updated_at: ({ updatedAt }) => updatedAt,
    last_activity_at: ({ updatedAt }) => updatedAt,
  };
  const key = keys[typeof orderBy === "string" ? orderBy : "id"] ?? ((): string => "");
  const sign = sort === "asc" ? 1 : -1;
  return [...projects].sort((one, other) => sign * (key(one).localeCompare(key(other)) || one.id - other.id));
}
