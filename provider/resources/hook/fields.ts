import { z } from "zod";
import type { Args, ReportProblem } from "../../core/definition";
import { field, flag, secret, text, webUrlRule } from "../../core/schema";
import { patternProblem } from "../../core/patterns";
import { outcome } from "../../core/rules";
import { truncate } from "../../core/truncate";
import { branchFilterProblem } from "./branch-filter";
import { hookUrl, isCallable, placeholdersOf, variableName } from "./url";

/** The most headers, and the most URL variables, that a hook can have. */
const mostKeys = 20;
const keyPattern = new RegExp(`^${variableName.source}$`);
const longestKey = 2048;
const keyRule = "must be letters, then digits, then parts of letters and digits after a dot, dash or underscore";

function keyedSecrets() {
  const value = z
    .string()
    .refine((given) => given.length >= 1 && given.length <= 2048, "must have between 1 and 2,048 characters");
  const key = z
    .string()
    .regex(keyPattern, keyRule)
    .refine((given) => given.length <= longestKey, "must have at most 2,048 characters");
  const map = z
    .record(key, value)
    .refine((given) => Object.keys(given).length <= mostKeys, `must have at most ${mostKeys} keys`);
  return secret(map.optional(), { keysOnly: true });
}

/** The fields that project and group hooks share. */
export const hookFields = {
  /**
   * The URL that GitLab sends requests to. A name in braces is a URL variable: `https://ci.example.com/{key}`. The name
   * consists of letters, then digits, then parts after a dot, dash or underscore. Other text in braces is part of the
   * URL.
   *
   * When the URL changes, GitLab deletes the hook's token, headers and variables, so they are sent again with it. If
   * the new URL uses variables and the hook already has some, GitLab accepts neither another URL nor another value. The
   * hook is then replaced: the new hook is created before the old one is deleted, so both deliver for a moment.
   */
  url: hookUrl(),
  /** A name, shown in the list of hooks. */
  name: text(),
  /** What the hook is for. */
  description: text(),
  /** Sent in the header `X-Gitlab-Token`, so that the receiver can identify GitLab. */
  token: secret(
    z
      .string()
      .refine((given) => !/[\r\n]/.test(given), "must not contain a line break")
      .optional(),
  ),
  /** Signs each request, since GitLab 19.0: `whsec_` and 32 bytes in base64. */
  signingToken: secret(
    z.string().refine(isSigningToken, "must be whsec_ and the base64 of exactly 32 bytes").optional(),
    { presenceReported: true },
  ),
  /** Additional headers, by name. The map is complete: a header that is not in it is removed. At most 20. */
  customHeaders: keyedSecrets(),
  /** Values of the URL variables, by name. The map is complete: a variable that is not in it is removed. At most 20. */
  urlVariables: keyedSecrets(),
  /** The request body, with fields of GitLab's payload. At most 4,096 characters. */
  customWebhookTemplate: field(
    z
      .string()
      .refine((given) => given.length <= 4096, "must have at most 4,096 characters")
      .optional(),
    {},
  ),
  /** How `pushEventsBranchFilter` is interpreted. With `all_branches`, a filter is an error. @default "wildcard" */
  branchFilterStrategy: field(z.enum(["wildcard", "regex", "all_branches"]).optional(), { default: "wildcard" }),
  /**
   * Which branches send push events: a branch name with `*` as a wildcard, or a regular expression in RE2's syntax,
   * depending on `branchFilterStrategy`.
   */
  pushEventsBranchFilter: text(),
  /** Whether the certificate of the receiver must be valid. @default true */
  enableSslVerification: flag(true),
  /** Sends when commits are pushed. @default true */
  pushEvents: flag(true),
  /** Sends when tags are pushed. @default false */
  tagPushEvents: flag(false),
  /** Sends for issues. @default false */
  issuesEvents: flag(false),
  /** Sends for confidential issues. @default false */
  confidentialIssuesEvents: flag(false),
  /** Sends for merge requests. @default false */
  mergeRequestsEvents: flag(false),
  /** Sends for comments. @default false */
  noteEvents: flag(false),
  /** Sends for confidential comments. @default false */
  confidentialNoteEvents: flag(false),
  /** Sends for jobs. @default false */
  jobEvents: flag(false),
  /** Sends for pipelines. @default false */
  pipelineEvents: flag(false),
  /** Sends for wiki pages. @default false */
  wikiPageEvents: flag(false),
  /** Sends for deployments. @default false */
  deploymentEvents: flag(false),
  /** Sends for feature flags. @default false */
  featureFlagEvents: flag(false),
  /** Sends for releases. @default false */
  releasesEvents: flag(false),
  /** Sends for milestones. @default false */
  milestoneEvents: flag(false, { source: "server" }),
  /** Sends for emoji reactions. @default false */
  emojiEvents: flag(false, { source: "server" }),
  /** Sends when project or group access tokens are about to expire. @default false */
  resourceAccessTokenEvents: flag(false),
  /** Sends for vulnerabilities. GitLab Ultimate. @default false */
  vulnerabilityEvents: flag(false, { source: "server" }),
};

function isSigningToken(given: string): boolean {
  const match = /^whsec_([A-Za-z0-9+/]{43}=)$/.exec(given);
  return match?.[1] !== undefined && Buffer.from(match[1], "base64").length === 32;
}

/** The rules that concern several fields of a hook. */
export function hookRules(args: Args, report: ReportProblem): void {
  if (args.known("branchFilterStrategy") === "all_branches" && args.given("pushEventsBranchFilter")) {
    report(
      "pushEventsBranchFilter",
      "has no effect while branchFilterStrategy is all_branches, and GitLab would drop it; remove one of the two",
    );
  }
  checkFilter(args, report);
  checkUrl(args, report);
}

function checkFilter(args: Args, report: ReportProblem): void {
  const filter = args.known("pushEventsBranchFilter");
  const strategy = outcome(args, "branchFilterStrategy", "wildcard");
  if (typeof filter !== "string") return;
  const problem =
    strategy === "regex" ? patternProblem(filter) : strategy === "wildcard" ? branchFilterProblem(filter) : undefined;
  if (problem !== undefined) report("pushEventsBranchFilter", problem);
}

function checkUrl(args: Args, report: ReportProblem): void {
  const url = args.known("url");
  const variables = args.known("urlVariables");
  // A hook that is in state or about to be taken over may have variables that the program has always left alone.
  const leavesAlone = !args.isNew && !args.wasGiven("urlVariables");
  const mayHaveOthers = args.given("urlVariables") ? variables === undefined : leavesAlone;
  if (typeof url !== "string" || mayHaveOthers) return;
  const values = (variables ?? {}) as Readonly<Record<string, unknown>>;
  if (isCallable(url, {}) && !isCallable(url, values)) report("urlVariables", `with these values, url ${webUrlRule}`);
  const names = Object.keys(values);
  const missing = placeholdersOf(url).filter((name) => !names.includes(name));
  for (const name of missing.map(truncate)) {
    report("url", `has the placeholder {${name}}, but urlVariables has no ${name}`);
  }
}

/**
 * The field that asks for a test event.
 *
 * @param events what GitLab can send as a test
 */
export function testField<const E extends readonly [string, ...string[]]>(events: E) {
  return field(z.enum(events).optional(), { access: "local", source: "package" });
}

/** The outputs of a hook that are no arguments. */
export const hookOutputs = [
  { name: "alertStatus", wire: "alert_status" },
  { name: "disabledUntil", wire: "disabled_until" },
  { name: "createdAt", wire: "created_at" },
  { name: "tokenPresent", wire: "token_present" },
  { name: "signingTokenPresent", wire: "signing_token_present" },
];

/** GitLab stops a hook whose receiver fails. That is no difference which an update could mend. */
export function hookTroubles({ alertStatus, disabledUntil }: Readonly<Record<string, unknown>>): string[] {
  const then = "Once the receiver answers again, a test event from the hook's page on GitLab re-enables it.";
  if (alertStatus === "disabled") {
    return [`GitLab disabled this hook permanently, because its receiver kept failing. ${then}`];
  }
  if (alertStatus !== "temporarily_disabled") return [];
  const until = typeof disabledUntil === "string" ? ` until ${disabledUntil}` : "";
  return [`GitLab disabled this hook${until}, because its receiver failed. ${then}`];
}
