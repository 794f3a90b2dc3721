import { detailsOf, type Method } from "./errors";
import { refusalOf } from "./refusal";
import type { Answer, Failure } from "./transport";

/** What the number of repetitions depends on besides the outcome. */
export interface Circumstances {
  readonly method: Method;
  /** The most that there may be. */
  readonly retries: number;
  /** Whether this GitLab has answered this process before. */
  readonly isKnown: boolean;
}

/**
 * How often a request may be sent again after this outcome, at most `retries` times.
 *
 * PUT, DELETE and GET end the same when they are done twice; a POST is sent again only when GitLab turned it away or it never arrived.
 */
export function triesAfter(outcome: Answer | Failure, { method, retries, isKnown }: Circumstances): number {
  if (outcome.kind === "failure") {
    if (outcome.lasting) return 0;
    if (!outcome.sent) return isKnown ? retries : Math.min(triesOfStranger(outcome), retries);
    return method === "POST" ? 0 : retries;
  }
  if (turnedAway(outcome)) return retries;
  if (outcome.status < 500 || outcome.status === 501 || method === "POST") return 0;
  return triesAfterStatus(outcome.status, retries);
}

/** How often a request that may be repeated is sent again after a server's error, or (undefined) none at all. */
export function triesAfterStatus(status: number | undefined, retries: number): number {
  // A plain 500 is more often an error in GitLab than a passing fault: two further tries must do.
  return status === 500 ? Math.min(2, retries) : retries;
}

/**
 * An address that has never answered is more often wrong than down for a while. One that says nothing
 * takes long to find out, and a name that is not known is nearly always a typing error.
 */
function triesOfStranger({ code }: Failure): number {
  return code === "ENOTFOUND" || code === "ETIMEDOUT" ? 2 : 5;
}

/** GitLab ends a request by itself after this many milliseconds. */
const longestWork = 60_000;
/** The time limits are meant for this many seconds of `gitlab:timeout`; a shorter one shortens them too. */
const usualTimeout = 300;

/**
 * Milliseconds for which GitLab may still be at work on a request whose answer was lost.
 *
 * Whoever gives up waiting, this side or a gateway, does not stop GitLab. A server's error mostly comes when the work is
 * over, and so does the end of a connection, though less surely.
 *
 * @param elapsed milliseconds since the request was sent
 * @param timeout seconds, of `gitlab:timeout`
 */
export function settlingTime(outcome: Answer | Failure, elapsed: number, timeout: number): number {
  const silent = outcome.kind === "failure" ? outcome.code === "ETIMEDOUT" : outcome.status === 504;
  const whole = silent ? longestWork : outcome.kind === "failure" ? 15_000 : 5_000;
  return Math.max(0, whole * Math.min(1, timeout / usualTimeout) - elapsed);
}

/** GitLab says that it has not done the request and that a later one may pass. */
function turnedAway(answer: Answer): boolean {
  if (answer.status === 429) return true;
  if (answer.status !== 409) return false;
  const body = bodyOf(answer);
  return refusalOf(409, body).isFromApi && detailsOf(body).some((text) => /resource lock/i.test(text));
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
