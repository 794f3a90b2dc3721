import { STATUS_CODES } from "node:http";
import type { Settings } from "../config/settings";
import { redacted } from "../secrets/redact";
import { detailsOf, GitLabError, LostAnswerError, UnreachableError } from "./errors";
import type { RequestPlan, GitLabResponse } from "./types";
import { hintFor } from "./hints";
import type { ApiPath } from "./path";
import { responderOf, refusalOf, speaksForItself } from "./refusal";
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
export async function toError(settings: Settings, plan: RequestPlan, end: End, look: Look): Promise<Error> {
  const { method, path } = plan;
  const { outcome, elapsed } = end;
  const settlesIn = settlingTime(outcome, elapsed, settings.timeout);
  if (outcome.kind === "failure") return withoutAnswer(settings, plan, outcome, end.tries, settlesIn);
  const { status } = outcome;
  const error = refusal(settings, plan, outcome);
  if (status >= 500 && status !== 501 && method === "POST") {
    // Without the answer's texts: they may echo what was sent, and nothing reads them.
    return new LostAnswerError(method, path, {
      reason: `${status} ${STATUS_CODES[status] ?? ""}`.trimEnd(),
      settlesIn,
      status,
    });
  }
  const isMoved = status === 405 && error.isFromApi && error.details.some((text) => /moved project/i.test(text));
  const address = isMoved && method !== "GET" ? await newAddress(look, path) : undefined;
  return address === undefined ? error : error.withHint(address);
}

/** What GitLab's API says, or what has answered in its place. */
function refusal(settings: Settings, { method, path }: RequestPlan, { status, headers, text }: Answer): GitLabError {
  const body = parsed(text);
  const { isFromApi, missing } = refusalOf(status, body);
  const request = { method, path, status };
  if (!isFromApi && !speaksForItself(status)) {
    const responder = withoutCredentials(responderOf(headers, text), settings);
    return new GitLabError({ ...request, details: [], isFromApi, responder });
  }
  const details = detailsOf(body).map((detail) => withoutCredentials(detail, settings));
  const hint = hintFor({ ...request, details, missing, location: headers.location });
  return new GitLabError({ ...request, details, hint, isFromApi, missing });
}

function withoutAnswer(
  settings: Settings,
  { method, path }: RequestPlan,
  failure: Failure,
  tries: number,
  settlesIn: number,
): Error {
  const reason = tries > 1 ? `${failure.reason} (tried ${tries} times)` : failure.reason;
  if (failure.sent && method !== "GET") return new LostAnswerError(method, path, { reason, settlesIn });
  return new UnreachableError(
    method,
    path,
    new URL(settings.baseUrl).origin,
    reason,
    failure.hint,
    failure.code === "NO_JSON",
  );
}

function parsed(text: string): unknown {
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
