import { detailsOf, type Method } from "./errors";
import type { Answer, Failure } from "./transport";

/**
 * How often a request may be sent again after this outcome, at most `retries` times.
 *
 * PUT, DELETE and GET end the same when they are done twice; a POST is sent again only when GitLab turned it away or it never arrived.
 * A plain 500 is more often an error in GitLab than a passing fault: two further tries must do.
 */
export function triesAfter(
  outcome: Answer | Failure,
  { method, retries }: { readonly method: Method; readonly retries: number },
): number {
  if (outcome.kind === "failure") {
    if (outcome.lasting) return 0;
    // An unknown host name is nearly always a typing error.
    if (outcome.code === "ENOTFOUND") return Math.min(2, retries);
    return outcome.sent && method === "POST" ? 0 : retries;
  }
  if (turnedAway(outcome)) return retries;
  if (outcome.status < 500 || outcome.status === 501 || method === "POST") return 0;
  return outcome.status === 500 ? Math.min(2, retries) : retries;
}

/** GitLab says that it has not done the request and that a later one may pass. */
function turnedAway(answer: Answer): boolean {
  if (answer.status === 429) return true;
  return answer.status === 409 && detailsOf(bodyOf(answer)).some((text) => /resource lock/i.test(text));
}

function bodyOf(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    return answer.text;
  }
}

/** Milliseconds before the given repetition (0 is the first): doubled each time up to 30 s, the upper half at random. */
export function backoff(repetition: number, random: () => number): number {
  const full = Math.min(30_000, 500 * 2 ** repetition);
  return full / 2 + (full / 2) * random();
}

/**
 * Milliseconds that the server asks to wait, from `Retry-After` (seconds or an HTTP date) or, on a 429, `RateLimit-Reset`.
 *
 * Times of day are compared with the answer's own `Date`: the clocks of GitLab and of this machine may differ.
 */
export function askedWait(answer: Answer, now: number): number | undefined {
  const after = answer.headers["retry-after"]?.trim();
  if (after !== undefined && /^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
  const date = after === undefined ? NaN : Date.parse(after);
  if (!Number.isNaN(date)) return Math.max(0, date - serverTime(answer, now));
  return answer.status === 429 ? untilReset(answer, now) : undefined;
}

/** Milliseconds until the rate-limit window named by `RateLimit-Reset` (Unix seconds) ends. */
export function untilReset(answer: Answer, now: number): number | undefined {
  const reset = Number(answer.headers["ratelimit-reset"]);
  return Number.isFinite(reset) && reset > 0 ? Math.max(0, reset * 1000 - serverTime(answer, now)) : undefined;
}

function serverTime(answer: Answer, now: number): number {
  const date = Date.parse(answer.headers.date ?? "");
  return Number.isNaN(date) ? now : date;
}
