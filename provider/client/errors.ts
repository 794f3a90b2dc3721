import { STATUS_CODES } from "node:http";
import { readable } from "./path";

/** HTTP methods the client sends. */
export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What a 404 or 405 of GitLab's API says is not there: the object (or the project or group it lives in), or the call itself. */
export type Missing = "object" | "call";

/** What {@link GitLabError} is made of. */
export interface GitLabErrorFacts {
  readonly method: Method;
  /** Path below `/api/v4`, encoded or not. */
  readonly path: string;
  readonly status: number;
  readonly details: readonly string[];
  readonly hint?: string | undefined;
  /** @default true */
  readonly isFromApi?: boolean | undefined;
  readonly missing?: Missing | undefined;
  /** What has answered in place of GitLab's API, as `text/html, server: nginx`: then the message tells that alone. */
  readonly responder?: string | undefined;
}

/**
 * GitLab answered a request with an error, or something that is not GitLab's API did.
 *
 * The message reads `PUT /projects/42/integrations/slack: 400 webhook is missing`; the way out, where one is known, is in `hint`.
 * Nothing of the request but method and path is kept: no query, headers, body or token.
 */
export class GitLabError extends Error {
  override readonly name = "GitLabError";
  /** HTTP status of the answer. */
  readonly status: number;
  readonly method: Method;
  /** Path below `/api/v4`, decoded, without its query. */
  readonly path: string;
  /** Every text of the answer's `error`, `error_description`, `message` and `errors`, flattened to `field text`. */
  readonly details: readonly string[];
  /** The way out, in one or two sentences. */
  readonly hint?: string;
  /** False where a proxy or another server has answered with the status: it says nothing of what is on GitLab. */
  readonly isFromApi: boolean;
  /** For a 404 or 405 of GitLab's API, where it says so. */
  readonly missing?: Missing;
  /** What has answered in place of GitLab's API, as `text/html, server: nginx`. */
  readonly responder?: string;

  constructor(facts: GitLabErrorFacts) {
    const shown = readable(facts.path);
    super(`${facts.method} ${shown}: ${reasonOf(facts)}`);
    this.status = facts.status;
    this.method = facts.method;
    this.path = shown;
    this.details = facts.details;
    this.isFromApi = facts.isFromApi ?? true;
    if (facts.hint !== undefined) this.hint = facts.hint;
    if (facts.missing !== undefined) this.missing = facts.missing;
    if (facts.responder !== undefined) this.responder = facts.responder;
  }

  /** The same error with every text of the answer passed through `replace`, to take out values that GitLab echoes. */
  redacted(replace: (text: string) => string): GitLabError {
    const { responder } = this;
    const clean = responder === undefined ? responder : replace(responder);
    return new GitLabError({ ...this.#facts(), details: this.details.map(replace), responder: clean });
  }

  /** The same error with another way out. */
  withHint(hint: string): GitLabError {
    return new GitLabError({ ...this.#facts(), hint });
  }

  #facts(): GitLabErrorFacts {
    const { method, path, status, details, hint, isFromApi, missing, responder } = this;
    return { method, path, status, details, hint, isFromApi, missing, responder };
  }
}

function reasonOf({ status, details, responder }: GitLabErrorFacts): string {
  if (responder === undefined) return statusLine(status, details);
  return (
    `${status} from something that is not GitLab's API (${responder}). ` +
    "Check gitlab:baseUrl and the proxy in front of it."
  );
}

/** What {@link LostAnswerError} is made of besides the request. */
export interface Loss {
  readonly reason: string;
  readonly settlesIn: number;
  readonly status?: number;
}

/**
 * A write was sent and its answer was lost, so it may or may not have been done.
 *
 * Raised at once for a POST, which is never sent again blindly: look first whether it arrived.
 * For PUT and DELETE it is raised only after the last repetition.
 */
export class LostAnswerError extends Error {
  override readonly name = "LostAnswerError";
  readonly method: Method;
  /** Path below `/api/v4`, decoded, without its query. */
  readonly path: string;
  /** The gateway's or server's status (500, 502, ...), when there was one. */
  readonly status?: number;
  /** Milliseconds for which GitLab may still be at work on it. */
  readonly settlesIn: number;
  readonly hint = "GitLab may or may not have done it. Run `pulumi up` again, or look on GitLab first.";

  constructor(method: Method, path: string, loss: Loss) {
    const shown = readable(path);
    super(`${method} ${shown}: the response was lost (${loss.reason})`);
    this.method = method;
    this.path = shown;
    this.settlesIn = loss.settlesIn;
    if (loss.status !== undefined) this.status = loss.status;
  }
}

/** Whether GitLab may have done a write although it failed: its answer was lost, was a server's error, or told nothing. */
export function mayBeDone(error: unknown): boolean {
  if (error instanceof LostAnswerError) return true;
  if (!(error instanceof GitLabError) || error.method === "GET") return false;
  return error.status < 300 || (error.status >= 500 && error.status !== 501);
}

/** GitLab could not be reached: name resolution, connection, TLS, proxy, a file of the configuration, or no answer in time. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
  readonly method: Method;
  /** Path below `/api/v4`, decoded, without its query. */
  readonly path: string;
  /** The way out, in one or two sentences. */
  readonly hint?: string;
  /** Why not, in a few words. */
  readonly reason: string;
  /** Whether something answered that is no GitLab: with a page, for one. */
  readonly isOther: boolean;

  constructor(method: Method, path: string, origin: string, reason: string, hint?: string, isOther = false) {
    const shown = readable(path);
    super(`${method} ${shown}: cannot reach ${origin}: ${reason}`);
    this.method = method;
    this.path = shown;
    this.reason = reason;
    this.isOther = isOther;
    if (hint !== undefined) this.hint = hint;
  }
}

const textKeys = ["error", "error_description", "message", "errors"];
const longestDetail = 500;
const mostDetails = 30;

/**
 * Every message text of an error answer's body, as `field text`.
 *
 * GitLab puts texts, lists and nested objects under `message`, `error` and `error_description`: all are read.
 */
export function detailsOf(body: unknown): string[] {
  if (typeof body === "string") return isMarkup(body) ? [] : flatten(body, "");
  if (typeof body !== "object" || body === null) return [];
  const record = body as Record<string, unknown>;
  const found = textKeys.flatMap((key) => (Object.hasOwn(record, key) ? flatten(record[key], "") : []));
  return [...new Set(found)].slice(0, mostDetails);
}

function flatten(value: unknown, field: string, depth = 0): string[] {
  if (value === null || value === undefined || value === "" || depth > 6) return [];
  if (Array.isArray(value)) return value.flatMap((item) => flatten(item, field, depth + 1));
  if (typeof value === "object") {
    return Object.entries(value).flatMap(([key, inner]) => flatten(inner, fieldName(field, key), depth + 1));
  }
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return [];
  const text = oneLine(String(value));
  if (text === "") return [];
  return [field === "" ? text : `${field} ${text}`];
}

function fieldName(outer: string, key: string): string {
  // `base` is Rails' name for the object itself; an `error` inside `message` is an envelope, not a field.
  if (key === "base" || textKeys.includes(key)) return outer;
  return outer === "" ? oneLine(key) : `${outer}.${oneLine(key)}`;
}

function oneLine(text: string): string {
  const line = text.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
  return line.length > longestDetail ? `${line.slice(0, longestDetail)}…` : line;
}

function isMarkup(text: string): boolean {
  return /^\s*</.test(text);
}

function statusLine(status: number, details: readonly string[]): string {
  const texts = details.map((text) => withoutStatus(status, text)).filter((text) => text !== "");
  const rest = texts.length > 0 ? texts.join(", ") : (STATUS_CODES[status] ?? "");
  return `${status} ${rest}`.trimEnd();
}

function withoutStatus(status: number, text: string): string {
  const prefix = `${status} `;
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

/** Whether GitLab's API, and nothing in front of it, refused with one of `statuses`. */
export function refusedWith(error: unknown, ...statuses: readonly number[]): error is GitLabError {
  return error instanceof GitLabError && error.isFromApi && statuses.includes(error.status);
}

/** Whether GitLab's API says that the object is not there, or that the token does not see what it lives in. */
export function isNotFound(error: unknown): error is GitLabError {
  return error instanceof GitLabError && error.missing === "object";
}

/**
 * Whether GitLab's API says that it has no such call: its version or its edition lacks it. That tells nothing of the object:
 * a proxy that decodes `%2F` in a path makes it another one, without a route.
 */
export function lacksCall(error: unknown): error is GitLabError {
  return error instanceof GitLabError && error.missing === "call";
}

/** For `catch`: GitLab's word that the object is not there becomes undefined, everything else is thrown on. */
export function notFound(error: unknown): undefined {
  if (isNotFound(error)) return undefined;
  throw error;
}

/** What was asked for, to be named where the answer does not show it. */
export interface Asked {
  readonly method: Method;
  readonly path: string;
  /** `hook`, as in "the response shows no hook". */
  readonly what: string;
}

/** The error for an answer that does not show what was asked for: a gateway's, perhaps, or that of another server. */
export function unusable({ method, path, what }: Asked, status: number): GitLabError {
  const hint = "Is gitlab:baseUrl the address of GitLab itself? Something in between may have answered.";
  return new GitLabError({ method, path, status, details: [`the response shows no ${what}`], hint });
}
