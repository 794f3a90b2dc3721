import { created, errorText, forbidden, notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import type { Params } from "../http/params";
import { CREATE_PARAMS, EDIT_PARAMS, checkExclusive, dropRefused, paramsIn } from "../projects/attributes";
import { presentProject } from "../projects/response";
import { createFrom, editFrom } from "../projects/save";
import { LEVELS } from "../world/access";
import { route, type Route } from "./route";

const READ: Params = {
  license: { type: "boolean" },
  statistics: { type: "boolean" },
  with_custom_attributes: { type: "boolean" },
};

const OWNERS_ONLY = ["name", "visibility", "ci_delete_pipelines_in_seconds"];

/** Projects one by one: read, made, made for a user, edited. */
export const PROJECT_ROUTES: readonly Route[] = [
  route("GET", "/projects/:id", get),
  route("POST", "/projects", (call) => post(call, CREATE_PARAMS)),
  route("POST", "/projects/user/:user_id", postForUser),
  route("PUT", "/projects/:id", put),
];

function get(call: Call): Answer {
  const project = call.project("none");
  const { license, statistics, with_custom_attributes: custom } = call.params(READ);
  const isAdmin = call.token.role === "admin";
  return ok(
    presentProject(call, project, {
      alone: true,
      poll: true,
      permissions: true,
      license: license === true,
      statistics: statistics === true,
      customAttributes: custom === true && isAdmin,
    }),
  );
}

function post(call: Call, declared: Params, creator = call.user): Answer {
  const given = call.params(paramsIn(call.world.settings, declared));
  checkExclusive(given);
  const project = createFrom(call, dropRefused(call, given, ""), creator);
  call.world.pendingAuthorizations.add({ kind: "project", id: project.id }, call.world.settings.authorizationDelay);
  return created(presentProject(call, project, { alone: true }));
}

function postForUser(call: Call): Answer {
  if (call.token.role !== "admin") throw forbidden();
  const user = call.world.user(Number(call.segment("user_id")));
  if (user === undefined) throw notFound("User");
  return post(call, { ...CREATE_PARAMS, name: { type: "string", required: true } }, user);
}

function put(call: Call): Answer {
  const project = call.project("maintainer");
  const declared = paramsIn(call.world.settings, EDIT_PARAMS);
  const given = call.params(declared);
  if (Object.keys(given).length === 0) {
    throw errorText(400, `${Object.keys(declared).join(", ")} are missing, at least one parameter must be provided`);
  }
  checkExclusive(given);
  const path = call.world.projectPath(project);
  const isOwner = call.level(path) >= LEVELS.owner;
  if (!isOwner && OWNERS_ONLY.some((name) => given[name] !== undefined && given[name] !== null)) throw forbidden();
  editFrom(call, project, dropRefused(call, given, path));
  return ok(presentProject(call, project, { alone: true }));
}
