import { accepted, created, errorText, forbidden, message, notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import type { Params, Value } from "../http/params";
import { checkPath, nameAndPath, taken } from "../projects/paths";
import { presentProject } from "../projects/response";
import { LEVELS } from "../world/access";
import { createProject, isTaken, keepingFormerPaths, removeProject } from "../world/namespaces";
import type { Owner, Project, Visibility } from "../world/state";
import { route, type Route } from "./route";

const OFFSET_LIMIT = { type: "Project", rows: 50_000 };

const EDITABLE: Params = {
  name: { type: "string" },
  path: { type: "string" },
  description: { type: "string" },
  visibility: { type: "string", values: ["private", "internal", "public"] },
  default_branch: { type: "string" },
  topics: { type: "strings" },
};

/** Projects: listed, read, made, edited, deleted in two steps and restored. */
export const PROJECT_ROUTES: readonly Route[] = [
  route("GET", "/projects", list),
  route("GET", "/projects/:id", (call) => ok(presentProject(call, call.project("none")))),
  route("POST", "/projects", post),
  route("PUT", "/projects/:id", put),
  route("DELETE", "/projects/:id", remove),
  route("POST", "/projects/:id/restore", restore),
];

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
  return paginate(call, rows, (project) => presentProject(call, project), { offsetLimit: OFFSET_LIMIT });
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

function post(call: Call): Answer {
  const given = call.params({
    ...EDITABLE,
    namespace_id: { type: "integer" },
    initialize_with_readme: { type: "boolean" },
  });
  const { name, path } = nameAndPath(given);
  const owner = ownerFor(call, given.namespace_id ?? null);
  if (isTaken(call.world, `${call.world.ownerPath(owner)}/${path}`)) throw taken();
  const project = createProject(call.world, {
    name,
    path,
    owner,
    creatorId: call.user.id,
    description: (given.description as string | null | undefined) ?? null,
    visibility: (given.visibility as Visibility | null | undefined) ?? "private",
    topics: (given.topics as string[] | null | undefined) ?? [],
    // Without a first commit there is no branch to choose.
    defaultBranch:
      given.initialize_with_readme === true ? ((given.default_branch as string | null | undefined) ?? "main") : "main",
    hasContent: given.initialize_with_readme === true,
  });
  return created(presentProject(call, project));
}

function ownerFor(call: Call, namespaceId: Value): Owner {
  if (namespaceId === null) return { kind: "user", id: call.user.id };
  const group = call.world.state.groups.find(({ id }) => id === namespaceId);
  if (group !== undefined && call.sees(call.world.groupPath(group), group.visibility)) {
    if (call.level(call.world.groupPath(group)) < LEVELS.developer) throw forbidden();
    return { kind: "group", id: group.id };
  }
  if (namespaceId !== call.user.id) throw notFound("Namespace");
  return { kind: "user", id: call.user.id };
}

function put(call: Call): Answer {
  const project = call.project("maintainer");
  const given = call.params(EDITABLE);
  if (Object.keys(given).length === 0) {
    throw errorText(400, `${Object.keys(EDITABLE).join(", ")} are missing, at least one parameter must be provided`);
  }
  const path = (given.path as string | null | undefined) ?? project.path;
  checkPath(path);
  const other = call.world.projectAt(`${call.world.ownerPath(project.owner)}/${path}`);
  if (other !== undefined && other !== project) throw taken();
  keepingFormerPaths(call.world, () => {
    project.path = path;
  });
  project.name = (given.name as string | null | undefined) ?? project.name;
  if (given.description !== undefined) project.description = given.description as string | null;
  project.visibility = (given.visibility as Visibility | null | undefined) ?? project.visibility;
  project.defaultBranch = (given.default_branch as string | null | undefined) ?? project.defaultBranch;
  project.topics = (given.topics as string[] | null | undefined) ?? project.topics;
  project.updatedAt = call.world.now();
  return ok(presentProject(call, project));
}

function remove(call: Call): Answer {
  const project = call.project("owner");
  call.checkUnmodified(project.updatedAt);
  const { permanently_remove: permanently, full_path: fullPath } = call.params({
    permanently_remove: { type: "boolean" },
    full_path: { type: "string" },
  });
  if (permanently === true) {
    if (project.markedForDeletionOn === null) throw message(400, "Project must be marked for deletion first.");
    if (fullPath !== call.world.projectPath(project)) {
      throw message(400, "`full_path` is incorrect. You must enter the complete path for the project.");
    }
    removeProject(call.world, project);
  } else if (project.markedForDeletionOn !== null) {
    throw message(400, "Project has already been marked for deletion");
  } else if (call.world.settings.deletionDelay === 0) {
    removeProject(call.world, project);
  } else {
    mark(project, call.world.now());
  }
  return accepted();
}

function mark(project: Project, now: string): void {
  const suffix = `-deletion_scheduled-${project.id}`;
  project.markedForDeletionOn = now.slice(0, 10);
  project.archived = true;
  project.name += suffix;
  project.path += suffix;
  project.updatedAt = now;
}

function restore(call: Call): Answer {
  const project = call.project("owner");
  if (project.markedForDeletionOn === null) throw message(400, "Project has not been marked for deletion");
  const suffix = `-deletion_scheduled-${project.id}`;
  project.markedForDeletionOn = null;
  project.archived = false;
  project.name = project.name.replace(suffix, "");
  project.path = project.path.replace(suffix, "");
  project.updatedAt = call.world.now();
  return created(presentProject(call, project));
}
