import { errorText, message } from "../http/answer";
import type { Params } from "../http/params";
import { publicUrlProblem } from "../validation/public-url";
import { isRe2 } from "../validation/re2";
import { has } from "../world/settings";
import type { World } from "../world/world";
import type { Given } from "./attributes";
import { hasEnded, newJob } from "./jobs";
import type { Project, RemoteMirror } from "./row";

const SCHEMES = /^(https?|git|ssh):\/\//i;
const AUTH_METHODS = ["ssh_public_key", "password"];

/** The parameters that POST and PUT share. */
export const REMOTE_MIRROR_PARAMS: Params = {
  enabled: { type: "boolean" },
  auth_method: { type: "string", values: AUTH_METHODS },
  keep_divergent_refs: { type: "boolean" },
  only_protected_branches: { type: "boolean" },
  mirror_branch_regex: { type: "string" },
};

/** Adds a push mirror to a project. Raises 400. */
export function addRemoteMirror(world: World, project: Project, given: Given): RemoteMirror {
  const url = (given.url as string | null) ?? "";
  const problem = urlProblem(world, url);
  if (problem !== undefined) throw message(400, { url: [problem] });
  check(given);
  const withoutLogin = url.replace(/^([a-z]+:\/\/)[^/?#]*@/i, "$1");
  const mirror: RemoteMirror = {
    id: world.nextId("remote_mirror"),
    url: withoutLogin,
    hasCredentials: withoutLogin !== url,
    enabled: false,
    onlyProtectedBranches: false,
    branchRegex: null,
    keepDivergentRefs: false,
    authMethod: "password",
    startedAt: null,
    updatedAt: null,
    succeededAt: null,
    lastError: null,
  };
  store(mirror, given);
  project.remoteMirrors = [...(project.remoteMirrors ?? []), mirror];
  return mirror;
}

/** Changes a push mirror; its address stays. Raises 400. */
export function editRemoteMirror(mirror: RemoteMirror, given: Given): void {
  check(given);
  store(mirror, given);
}

/** Begins an update. Raises 400 for a mirror that is switched off. */
export function syncRemoteMirror(world: World, mirror: RemoteMirror): void {
  if (!mirror.enabled) {
    throw message(400, "Cannot proceed with the push mirroring. Please verify your mirror configuration.");
  }
  mirror.job = newJob(world, "mirror");
  mirror.startedAt = world.now();
}

/** A push mirror as GitLab shows it; each read is a poll of the update that runs. */
export function presentRemoteMirror(world: World, mirror: RemoteMirror): Record<string, unknown> {
  const { job } = mirror;
  if (job !== undefined && hasEnded(job, true)) {
    mirror.updatedAt = world.now();
    if (job.error === null) mirror.succeededAt = mirror.updatedAt;
    mirror.lastError = job.error;
  }
  return {
    id: mirror.id,
    enabled: mirror.enabled,
    url: mirror.hasCredentials ? mirror.url.replace("://", "://*****:*****@") : mirror.url,
    update_status: job?.status ?? "none",
    last_update_at: mirror.updatedAt,
    last_update_started_at: mirror.startedAt,
    last_successful_update_at: mirror.succeededAt,
    last_error: mirror.lastError,
    only_protected_branches: mirror.onlyProtectedBranches,
    keep_divergent_refs: mirror.keepDivergentRefs,
    auth_method: mirror.authMethod,
    ...(has(world.settings, { since: "18.4" }) ? { host_keys: [] } : {}),
    mirror_branch_regex: mirror.branchRegex,
  };
}

function urlProblem(world: World, url: string): string | undefined {
  if (url.trim() === "") return "can't be blank";
  if (!SCHEMES.test(url)) return "is blocked: Only allowed schemes are ssh, git, http, https";
  return publicUrlProblem(url.replace(SCHEMES, "https://"), world.settings.allowLocalRequests);
}

function check({ mirror_branch_regex: regex, only_protected_branches: isOnly }: Given): void {
  if (regex !== undefined && isOnly !== undefined) {
    throw errorText(400, "only_protected_branches, mirror_branch_regex are mutually exclusive");
  }
  if (typeof regex === "string" && !isRe2(regex)) throw message(400, { mirror_branch_regex: ["not valid RE2 syntax"] });
}

function store(mirror: RemoteMirror, given: Given): void {
  if (typeof given.enabled === "boolean") mirror.enabled = given.enabled;
  if (typeof given.keep_divergent_refs === "boolean") mirror.keepDivergentRefs = given.keep_divergent_refs;
  if (typeof given.auth_method === "string") mirror.authMethod = given.auth_method;
  if (typeof given.only_protected_branches === "boolean") {
    mirror.onlyProtectedBranches = given.only_protected_branches;
    if (given.only_protected_branches) mirror.branchRegex = null;
  }
  if (given.mirror_branch_regex === undefined) return;
  mirror.branchRegex = given.mirror_branch_regex === "" ? null : (given.mirror_branch_regex as string | null);
  if (mirror.branchRegex !== null) mirror.onlyProtectedBranches = false;
}
