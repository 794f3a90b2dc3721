import { message } from "../http/answer";
import type { Upload } from "../http/params";
import { EXPIRATION_POLICY } from "../facts/project-attributes";
import { isRe2 } from "../validation/re2";
import { fail, type Failures } from "../validation/ruby";
import type { Group, Visibility } from "../world/entities";
import type { AttributeValue } from "./row";

const NAME = /^[\p{L}\p{N}\p{Extended_Pictographic}_][\p{L}\p{M}\p{N}\p{Pd}\p{Extended_Pictographic}_.+ \u200D]*$/u;
const MAX_AVATAR_BYTES = 200 * 1024;
const AVATAR_TYPES = [
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/bmp",
  "image/tiff",
  "image/vnd.microsoft.icon",
] as const;
const AVATAR_NAME = /\.(png|jpe?g|gif|bmp|tiff?|ico|webp)$/i;

interface Range {
  readonly least: number;
  readonly most: number;
  /** GitLab's key for the failure. */
  readonly key: string;
  /** Failure text where it is not the usual one. */
  readonly text?: string;
}

const RANGES: Readonly<Record<string, Range>> = {
  build_timeout: {
    least: 600,
    most: 2_592_000,
    key: "build_timeout",
    text: "needs to be between 10 minutes and 1 month",
  },
  ci_default_git_depth: { least: 0, most: 1000, key: "ci_cd_settings.default_git_depth" },
  ci_delete_pipelines_in_seconds: {
    least: 86_400,
    most: 31_536_000,
    key: "ci_cd_settings.delete_pipelines_in_seconds",
  },
  approvals_before_merge: { least: 0, most: 2 ** 31 - 1, key: "approvals_before_merge" },
  max_artifacts_size: { least: 1, most: 2 ** 31 - 1, key: "max_artifacts_size" },
};

const LENGTHS: Readonly<Record<string, number>> = {
  description: 2000,
  merge_commit_template: 500,
  squash_commit_template: 500,
  suggestion_commit_message: 255,
  mr_default_title_template: 100,
  ci_config_path: 255,
  merge_request_title_regex: 255,
  merge_request_title_regex_description: 255,
};

/** Raises 400 with everything that is wrong with these values, by attribute. */
export function checkValues(values: Readonly<Record<string, unknown>>): void {
  const failures: Failures = {};
  if (typeof values.name === "string") nameProblems(values.name, failures);
  for (const [name, { least, most, key, text }] of Object.entries(RANGES)) {
    const value = values[name];
    if (typeof value !== "number" || (value >= least && value <= most)) continue;
    const usual = value < least ? `must be greater than or equal to ${least}` : `must be less than or equal to ${most}`;
    fail(failures, key, text ?? usual);
  }
  for (const [name, most] of Object.entries(LENGTHS)) {
    const value = values[name];
    if (typeof value === "string" && value.length > most) {
      fail(failures, name, `is too long (maximum is ${most} characters)`);
    }
  }
  if (typeof values.ci_config_path === "string" && /^\/|\.\./.test(values.ci_config_path)) {
    fail(failures, "ci_config_path", "can't include leading slash or directory traversal.");
  }
  if (typeof values.mr_default_title_template === "string" && /[\r\n]/.test(values.mr_default_title_template)) {
    fail(failures, "mr_default_title_template", "must be a single line");
  }
  policyProblems(values.container_expiration_policy as Record<string, AttributeValue> | undefined, failures);
  if (Object.keys(failures).length > 0) throw message(400, failures);
}

function nameProblems(name: string, failures: Failures): void {
  if (name.trim() === "") fail(failures, "name", "can't be blank");
  else if (name.length > 255) fail(failures, "name", "is too long (maximum is 255 characters)");
  else if (!NAME.test(name)) {
    fail(
      failures,
      "name",
      "can contain only letters, digits, emoji, '_', '.', '+', dashes, or spaces. " +
        "It must start with a letter, digit, emoji, or '_'.",
    );
  }
}

function policyProblems(policy: Record<string, AttributeValue> | undefined, failures: Failures): void {
  if (policy === undefined) return;
  for (const [name, { allowed }] of Object.entries(EXPIRATION_POLICY)) {
    if (allowed === undefined || allowed.includes(policy[name])) continue;
    fail(failures, `container_expiration_policy.${name}`, "is not included in the list");
  }
  if (policy.enabled !== true) return;
  for (const [name, problem] of patternProblems(policy)) fail(failures, `container_expiration_policy.${name}`, problem);
}

/** Whether the worker that applies an enabled cleanup policy can work with it. */
export const isPolicyValid = (policy: Readonly<Record<string, AttributeValue>>): boolean =>
  patternProblems(policy).length === 0;

function patternProblems(policy: Readonly<Record<string, AttributeValue>>): [name: string, problem: string][] {
  const isBlank = typeof policy.name_regex !== "string" || policy.name_regex.trim() === "";
  const invalid = ["name_regex", "name_regex_keep"].filter((name) => {
    const pattern = policy[name];
    return typeof pattern === "string" && !isRe2(pattern);
  });
  return [
    ...(isBlank ? [["name_regex", "can't be blank"] as [string, string]] : []),
    ...invalid.map((name): [string, string] => [name, "not valid RE2 syntax"]),
  ];
}

const ACCESS = ["disabled", "private", "enabled", "public"];

/** Raises 400 when merge requests or builds are open to more people than the repository. */
export function checkLevels(level: (name: string) => AttributeValue): void {
  const repository = level("repository_access_level");
  if (typeof repository !== "string") return;
  const failures: Failures = {};
  for (const name of ["merge_requests_access_level", "builds_access_level"]) {
    const value = level(name);
    if (typeof value !== "string" || ACCESS.indexOf(value) <= ACCESS.indexOf(repository)) continue;
    fail(failures, `project_feature.${name}`, "cannot have higher visibility level than repository access level");
  }
  if (Object.keys(failures).length > 0) throw message(400, failures);
}

const HEIGHT: Readonly<Record<Visibility, number>> = { private: 0, internal: 10, public: 20 };

/** Raises 400 for a visibility above that of the group, of the fork's source, or beyond what the instance allows. */
export function checkVisibility(
  visibility: Visibility,
  limits: {
    readonly restricted: readonly Visibility[];
    readonly group?: Group | undefined;
    readonly source?: Visibility | undefined;
  },
): void {
  const { restricted, group, source } = limits;
  const problems: string[] = [];
  if (restricted.includes(visibility)) problems.push(`${visibility} has been restricted by your GitLab administrator`);
  if (group !== undefined && HEIGHT[visibility] > HEIGHT[group.visibility]) {
    problems.push(`${visibility} is not allowed in a ${group.visibility} group.`);
  }
  if (source !== undefined && HEIGHT[visibility] > HEIGHT[source]) {
    problems.push(`${visibility} is not allowed since the fork source project has lower visibility.`);
  }
  if (problems.length > 0) throw message(400, { visibility_level: problems });
}

/** The lower of two visibility levels. */
export const lower = (one: Visibility, other: Visibility): Visibility => (HEIGHT[one] < HEIGHT[other] ? one : other);

/** Raises 400 for a picture that is too big or none. */
export function checkAvatar(avatar: Upload): void {
  const failures: Failures = {};
  if (avatar.content.length > MAX_AVATAR_BYTES) fail(failures, "avatar", "is too big (should be at most 200 KiB)");
  if (!AVATAR_NAME.test(avatar.name)) {
    fail(
      failures,
      "avatar",
      `file format is not supported. Please try one of the following supported formats: ${AVATAR_TYPES.join(", ")}`,
    );
  }
  if (Object.keys(failures).length > 0) throw message(400, failures);
}
