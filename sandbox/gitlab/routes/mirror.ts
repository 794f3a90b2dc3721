import { ApiError, errorText, forbidden, message, noRoute, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import type { Params } from "../http/params";
import { checkExclusive } from "../projects/attributes";
import { newJob } from "../projects/jobs";
import {
  checkImportUrl,
  isMirror,
  mirrorOf,
  presentMirror,
  storeCredentials,
  storeImportUrl,
  storeOptions,
} from "../projects/mirror";
import type { Mirror, Project } from "../projects/row";
import { isAtLeast } from "../world/settings";
import { route, type Route } from "./route";

const PARAMS: Params = {
  enabled: { type: "boolean" },
  url: { type: "string" },
  auth_user: { type: "string" },
  auth_password: { type: "string" },
  mirror_trigger_builds: { type: "boolean" },
  only_mirror_protected_branches: { type: "boolean" },
  mirror_overwrites_diverged_branches: { type: "boolean" },
  mirror_branch_regex: { type: "string" },
};

/** The pull mirror of a project. */
export const MIRROR_ROUTES: readonly Route[] = [
  route("GET", "/projects/:id/mirror/pull", (call) => {
    const { project, mirror } = mirrored(call);
    return ok(presentMirror(call.world, project, mirror));
  }),
  route("PUT", "/projects/:id/mirror/pull", put),
  route("POST", "/projects/:id/mirror/pull", start),
];

function put(call: Call): Answer {
  const { world } = call;
  const project = licensed(call);
  // The call is new in 17.6.
  if (!isAtLeast(world.settings, 17, 6)) throw noRoute();
  const given = call.params(PARAMS);
  if (Object.keys(given).length === 0) {
    throw errorText(400, `${Object.keys(PARAMS).join(", ")} are missing, at least one parameter must be provided`);
  }
  checkExclusive(given);
  const url = given.url as string | null | undefined;
  if (typeof url === "string")
    asText(() => {
      checkImportUrl(world, url);
    });
  if (given.enabled === true && (url ?? project.importUrl) === undefined) {
    throw message(400, "Import url can't be blank");
  }
  const mirror = mirrorOf(world, call.user.id, project);
  if (typeof url === "string") {
    storeImportUrl(project, url);
    mirror.lastError = null;
  }
  if (given.auth_user !== undefined || given.auth_password !== undefined) {
    storeCredentials(project, given.auth_user, given.auth_password);
  }
  if (typeof given.enabled === "boolean") mirror.enabled = given.enabled;
  storeOptions(mirror, given);
  return ok(presentMirror(world, project, mirror));
}

function start(call: Call): Answer {
  const { project, mirror } = mirrored(call);
  if (mirror.paused === true || project.archived) throw forbidden("Mirroring for the project is on pause");
  mirror.job = newJob(call.world, "mirror");
  mirror.startedAt = call.world.now();
  return { status: 200 };
}

function mirrored(call: Call): { readonly project: Project; readonly mirror: Mirror } {
  const project = licensed(call);
  if (project.mirror === undefined || !isMirror(project)) throw message(400, "The project is not mirrored");
  return { project, mirror: project.mirror };
}

function licensed(call: Call): Project {
  const project = call.project("maintainer");
  if (!call.world.settings.licence.includes("repository_mirrors")) throw forbidden();
  return project;
}

// Where the project's own routes answer with a map of failures, these answer with a sentence.
function asText(check: () => void): void {
  try {
    check();
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem;
    const { message: failures } = problem.body as { message: Readonly<Record<string, readonly string[]>> };
    throw message(problem.status, `Import url ${Object.values(failures).flat().join(", ")}`);
  }
}
