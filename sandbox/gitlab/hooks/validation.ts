import { isRe2 } from "../validation/re2";
import { publicUrlProblem } from "../validation/public-url";
import { fail, type Failures } from "../validation/ruby";
import type { HookRow } from "./row";

const MAX_PAIRS = 20;
const MAX_VALUE = 2048;
const MAX_TEMPLATE = 4096;
const MAX_FILTER = 255;
const PAIR_KEY = /^[A-Za-z]+\d*(?:[._-][A-Za-z\d]+)*$/;
const SIGNING_TOKEN = /^whsec_([A-Za-z\d+/]{43}=)$/;

// Braces around anything else are part of the URL.
const VARIABLE = /\{([A-Za-z]+[0-9]*(?:[._-][A-Za-z0-9]+)*)\}/g;

/** A hook's URL with its variables filled in; those it does not know stay as they are. */
export function interpolated(hook: Pick<HookRow, "url" | "urlVariables">): string {
  return hook.url.replace(VARIABLE, (whole, key: string) => ownValue(hook, key) ?? whole);
}

const ownValue = ({ urlVariables }: Pick<HookRow, "urlVariables">, key: string): string | undefined =>
  Object.hasOwn(urlVariables, key) ? urlVariables[key] : undefined;

/** What GitLab drops from a hook when its address changes, before it validates the rest. */
export function applyResets(hook: HookRow, before: HookRow, tokenGiven: boolean): void {
  if (hook.url !== before.url && !tokenGiven) hook.token = null;
  if (interpolated(hook) !== interpolated(before)) {
    hook.customHeaders = {};
    if (Object.keys(before.urlVariables).some((key) => key in hook.urlVariables)) hook.urlVariables = {};
  }
}

/** What keeps a hook from being saved, by attribute; empty when nothing does. */
export function validate(hook: HookRow, allowLocalRequests: boolean): Failures {
  const failures: Failures = {};
  const check = (attribute: string, problem: string | undefined): void => {
    if (problem !== undefined) fail(failures, attribute, problem);
  };
  check("url", urlProblem(hook, allowLocalRequests));
  check("token", /[\r\n]/.test(hook.token ?? "") ? "is invalid" : undefined);
  check("signing_token", signingTokenProblem(hook.signingToken));
  check("push_events_branch_filter", filterProblem(hook));
  check("url_variables", pairsProblem(hook.urlVariables));
  check("custom_headers", pairsProblem(hook.customHeaders));
  const tooLong = (hook.template ?? "").length > MAX_TEMPLATE;
  check("custom_webhook_template", tooLong ? `is too long (maximum is ${MAX_TEMPLATE} characters)` : undefined);
  return failures;
}

function urlProblem(hook: HookRow, allowLocalRequests: boolean): string | undefined {
  const url = interpolated(hook);
  if (url.trim() === "") return "can't be blank";
  if ([...hook.url.matchAll(VARIABLE)].some(([, key = ""]) => ownValue(hook, key) === undefined)) return "is invalid";
  return publicUrlProblem(url, allowLocalRequests);
}

function signingTokenProblem(token: string | null): string | undefined {
  if (token === null || token === "") return undefined;
  const encoded = SIGNING_TOKEN.exec(token)?.[1];
  return encoded !== undefined && Buffer.from(encoded, "base64").length === 32 ? undefined : "is invalid";
}

function filterProblem({ branchFilter, branchFilterStrategy }: HookRow): string | undefined {
  if (branchFilter === null || branchFilter === "") return undefined;
  if (branchFilterStrategy === "regex") return isRe2(branchFilter) ? undefined : "is not valid RE2 syntax";
  if (branchFilter.length > MAX_FILTER) return `is longer than the allowed length of ${MAX_FILTER} characters.`;
  return isBranchName(branchFilter.replaceAll("*", "x")) ? undefined : "is not a valid branch name";
}

// The rules of `git check-ref-format --branch`.
function isBranchName(name: string): boolean {
  if (name === "@" || name.startsWith("-") || name.endsWith(".") || name.includes("..") || name.includes("@{")) {
    return false;
  }
  // eslint-disable-next-line no-control-regex -- Git forbids control characters in names.
  if (/[\u0000-\u0020\u007f~^:?[\\]/.test(name)) return false;
  return name.split("/").every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock"));
}

function pairsProblem(pairs: Readonly<Record<string, string>>): string | undefined {
  const entries = Object.entries(pairs);
  const valid = entries.every(([key, value]) => PAIR_KEY.test(key) && value.length >= 1 && value.length <= MAX_VALUE);
  return valid && entries.length <= MAX_PAIRS ? undefined : "must be a valid json schema";
}
