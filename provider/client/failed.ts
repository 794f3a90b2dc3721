import { STATUS_CODES } from "node:http";
import type { Settings } from "../config";
import { redacted } from "../redact";
import { detailsOf, GitLabError, LostAnswerError, UnreachableError } from "./errors";
import type { Exchange, GitLabResponse } from "./exchange";
import { hintFor } from "./hints";
import type { ApiPath } from "./path";
import { settlingTime } from "./retry";
import type { Answer, Failure } from "./transport";

/** Fetches a path of the same GitLab. */
type Look = (path: ApiPath) => Promise<GitLabResponse>;

/** How a request was given up. */
export interface End {
  readonly outcome: Answer | Failure;
  readonly tries: number;
  /** Milliseconds of the last try. */
  readonly elapsed: number;
}

/** The error for a request that was given up after some tries. */
export async function failed(settings: Settings, exchange: Exchange, end: End, look: Look): Promise<Error> {
  const { method, path } = exchange;
  const { outcome, elapsed } = end;
  const settlesIn = settlingTime(outcome, elapsed, settings.timeout);
  if (outcome.kind === "failure") return withoutAnswer(settings, exchange, outcome, end.tries, settlesIn);
  const details = detailsOf(bodyOf(outcome)).map((text) => withoutCredentials(text, settings));
  const { status } = outcome;
  const hint = hintFor({ method, status, details, location: outcome.headers.location });
  const error = new GitLabError({ method, path, status, details, hint });
  if (status >= 500 && status !== 501 && method === "POST") {
    // Without the answer's texts: they may echo what was sent, and nothing reads them.
    return new LostAnswerError(method, path, {
      reason: `${status} ${STATUS_CODES[status] ?? ""}`.trimEnd(),
      settlesIn,
      status,
    });
  }
  if (status !== 405 || method === "GET" || !details.some((text) => /moved project/i.test(text))) return error;
  return new GitLabError({ method, path, status, details, hint: (await newAddress(look, path)) ?? hint });
}

function withoutAnswer(
  settings: Settings,
  { method, path }: Exchange,
  failure: Failure,
  tries: number,
  settlesIn: number,
): Error {
  const reason = tries > 1 ? `${failure.reason} (tried ${tries} times)` : failure.reason;
  if (failure.sent && method !== "GET") return new LostAnswerError(method, path, { reason, settlesIn });
  return new UnreachableError(method, path, new URL(settings.baseUrl).origin, reason, failure.hint);
}

function bodyOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A server, or a proxy before it, may echo what it was sent. */
function withoutCredentials(text: string, { token, headers }: Settings): string {
  const values = Object.values(headers).map((value) => [value, "[gitlab:headers]"] as const);
  // Taking out a letter or two would hide nothing and garble every text.
  return redacted(
    text,
    [...values, [token, "[gitlab:token]"] as const].filter(([value]) => value.length >= 4),
  );
}

/** Writes to a moved project answer 405 without saying where it went; a GET is redirected there. */
async function newAddress(look: Look, path: ApiPath): Promise<string | undefined> {
  const project = /^\/projects\/[^/]+/.exec(path)?.[0] as ApiPath | undefined;
  if (project === undefined) return undefined;
  try {
    const { body } = await look(project);
    const { id, path_with_namespace: name } = body as { id?: unknown; path_with_namespace?: unknown };
    if (typeof id !== "number" || typeof name !== "string") return undefined;
    return `The project has moved to ${detailsOf(name).join("")}: name it by this path or by its id ${id}.`;
  } catch {
    return undefined;
  }
}
