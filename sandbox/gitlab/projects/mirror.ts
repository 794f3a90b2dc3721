import { message } from "../http/answer";
import { publicUrlProblem } from "../validation/public-url";
import type { World } from "../world/world";
import type { Given } from "./attributes";
import { hasEnded } from "./jobs";
import type { Mirror, Project } from "./row";

const SCHEMES = /^(https?|git|ssh):\/\//i;

/** Whether a project pulls from elsewhere. */
export const isMirror = ({ mirror }: Project): boolean => mirror?.enabled === true;

/** Raises 400 for an address that GitLab would not pull from. */
export function checkImportUrl(world: World, url: string): void {
  const problem = SCHEMES.test(url)
    ? publicUrlProblem(url.replace(SCHEMES, "https://"), world.settings.allowLocalRequests)
    : "is blocked: Only allowed schemes are http, https, ssh, git";
  if (problem !== undefined) throw message(400, { import_url: [problem] });
}

/** Stores user or password of the address apart from it; what is undefined stays. */
export function storeCredentials(project: Project, user: unknown, password: unknown): void {
  const known = project.importCredentials ?? { user: "", password: "" };
  const next = {
    user: typeof user === "string" ? user : known.user,
    password: typeof password === "string" ? password : known.password,
  };
  if (next.user === "" && next.password === "") delete project.importCredentials;
  else project.importCredentials = next;
}

/** Stores where a project's content comes from; user and password are kept apart and never shown. */
export function storeImportUrl(project: Project, url: string): void {
  const { username, password } = new URL(url);
  const isHttp = /^https?:/i.test(url);
  project.importUrl = isHttp ? withoutCredentials(url) : url;
  if (isHttp && (username !== "" || password !== "")) {
    project.importCredentials = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } else {
    delete project.importCredentials;
  }
}

/** Applies the mirror attributes of POST and PUT on the project itself. Raises 400 without an address. */
export function storeMirror(world: World, userId: number, project: Project, given: Given): void {
  if (typeof given.mirror === "boolean") {
    if (given.mirror && project.importUrl === undefined) throw message(400, { import_url: ["can't be blank"] });
    if (given.mirror || project.mirror !== undefined) mirrorOf(world, userId, project).enabled = given.mirror;
  }
  const options = Object.keys(given).filter((name) => name.includes("mirror") && name !== "mirror");
  if (options.length > 0) storeOptions(mirrorOf(world, userId, project), given);
}

/** Applies the options that both ways to configure a mirror share. */
export function storeOptions(mirror: Mirror, given: Given): void {
  if (typeof given.mirror_trigger_builds === "boolean") mirror.triggerBuilds = given.mirror_trigger_builds;
  if (typeof given.mirror_user_id === "number") mirror.userId = given.mirror_user_id;
  const { mirror_overwrites_diverged_branches: overwrites, only_mirror_protected_branches: isOnly } = given;
  if (typeof overwrites === "boolean") mirror.overwritesDivergedBranches = overwrites;
  if (typeof isOnly === "boolean") {
    mirror.onlyProtectedBranches = isOnly;
    if (isOnly) mirror.branchRegex = null;
  }
  if (typeof given.mirror_branch_regex === "string") {
    mirror.branchRegex = given.mirror_branch_regex === "" ? null : given.mirror_branch_regex;
    if (mirror.branchRegex !== null) mirror.onlyProtectedBranches = false;
  } else if (given.mirror_branch_regex === null) {
    mirror.branchRegex = null;
  }
}

/** The mirror settings of a project, made switched off when it has none. */
export function mirrorOf(world: World, userId: number, project: Project): Mirror {
  project.mirror ??= {
    id: world.nextId("mirror"),
    enabled: false,
    userId,
    triggerBuilds: false,
    onlyProtectedBranches: null,
    overwritesDivergedBranches: null,
    branchRegex: null,
    startedAt: null,
    updatedAt: null,
    succeededAt: null,
    lastError: null,
  };
  return project.mirror;
}

/** A pull mirror as GitLab shows it; each read is a poll of the update that runs. */
export function presentMirror(world: World, project: Project, mirror: Mirror): Record<string, unknown> {
  const { job } = mirror;
  if (job !== undefined && hasEnded(job, true)) {
    mirror.updatedAt = world.now();
    if (job.error === null) mirror.succeededAt = mirror.updatedAt;
    if (job.error === null) project.hasContent = true;
    mirror.lastError = job.error;
  }
  return {
    id: mirror.id,
    last_error: mirror.lastError,
    last_successful_update_at: mirror.succeededAt,
    last_update_at: mirror.updatedAt,
    last_update_started_at: mirror.startedAt,
    update_status: job?.status ?? "none",
    url: maskedUrl(project),
    enabled: mirror.enabled,
    mirror_trigger_builds: mirror.triggerBuilds,
    only_mirror_protected_branches: mirror.onlyProtectedBranches,
    mirror_overwrites_diverged_branches: mirror.overwritesDivergedBranches,
    mirror_branch_regex: mirror.branchRegex,
  };
}

function maskedUrl({ importUrl, importCredentials }: Project): string | null {
  if (importUrl === undefined) return null;
  if (importCredentials === undefined) return importUrl;
  const { user, password } = importCredentials;
  const masked = `${user === "" ? "" : "*****"}${password === "" ? "" : ":*****"}`;
  return importUrl.replace("://", `://${masked}@`);
}

function withoutCredentials(url: string): string {
  return url.replace(/^([a-z]+:\/\/)[^/?#]*@/i, "$1");
}
