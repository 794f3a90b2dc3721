import { created, message, notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import { presentUser } from "../projects/basic";
import { importMembers, usersOf } from "../projects/members";
import { route, type Route } from "./route";

/** Who works in a project and in which languages, and the upkeep of its repository. */
export const PROJECT_PEOPLE_ROUTES: readonly Route[] = [
  route("GET", "/projects/:id/users", users),
  route("POST", "/projects/:id/import_project_members/:project_id", importFrom),
  route("GET", "/projects/:id/languages", (call) => ok(call.project("none").languages ?? {})),
  route("POST", "/projects/:id/housekeeping", housekeeping),
  route("POST", "/projects/:id/repository_size", (call) => {
    call.project("maintainer");
    return created(null);
  }),
];

function users(call: Call): Answer {
  const project = call.project("none");
  const { search, skip_users: skipped } = call.params({ search: { type: "string" }, skip_users: { type: "integers" } });
  const text = typeof search === "string" ? search.toLowerCase() : "";
  const rows = usersOf(call.world, project).filter(
    ({ id, name, username, email }) =>
      (skipped as readonly number[] | null | undefined)?.includes(id) !== true &&
      `${name} ${username} ${email}`.toLowerCase().includes(text),
  );
  return paginate(call, rows, (user) => presentUser(call, user));
}

function importFrom(call: Call): Answer {
  const target = call.project("maintainer");
  const text = call.segment("project_id");
  const source = /^\d+$/.test(text) ? call.world.project(Number(text)) : call.world.projectAt(text);
  if (source === undefined || !call.seesProject(source)) throw notFound("Project");
  return ok(importMembers(call, target, source));
}

function housekeeping(call: Call): Answer {
  const project = call.project("maintainer");
  call.params({ task: { type: "string", values: ["eager", "prune"] } });
  if ((project.housekeepingUntil ?? 0) > Date.now()) {
    throw message(409, "Somebody already triggered housekeeping for this resource in the past 60 minutes.");
  }
  project.housekeepingUntil = Date.now() + call.world.settings.housekeepingLease * 1000;
  return created(null);
}
