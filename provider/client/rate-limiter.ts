import { untilReset } from "./retry";
import type { Answer } from "./transport";

/** Clock, sleep and chance, and what is told while waiting; tests hand in their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  /** A passing line on what is being waited for. */
  readonly status: (text: string) => void;
}

/** One of GitLab's rate limits, as far as its answers tell. */
interface Window {
  /** Requests left by the latest count of the server. */
  remaining: number;
  /** Requests per minute, when known. */
  limit: number | undefined;
  /** The server's name of the window's end (`RateLimit-Reset`), to tell windows apart. */
  reset: number;
  /** When it ends, by this machine's clock. */
  endsAt: number;
  /** Taken to be a fresh window because the last one has ended; no answer has confirmed it. */
  assumed: boolean;
}

/** Waits longer than this, in milliseconds, are worth a status line. */
const worthTelling = 3_000;

/**
 * Holds requests back before GitLab's rate limit is hit, and all of them together after it was.
 *
 * What may still be sent is the smallest remainder that the server named in this window, less what is under way:
 * a remainder may or may not count the requests whose answers are still to come.
 */
export class RateLimiter {
  readonly #windows = new Map<string, Window>();
  /** Which limiter counts which kind of request; only an answer names it. */
  readonly #limiterOf = new Map<string, string>();
  readonly #around: Clock;
  readonly #longestWait: number;
  #latestLimiter: string | undefined;
  #underWay = 0;
  #toldUntil = 0;
  #waiting: (() => void)[] = [];

  /** `longestWait`, in milliseconds: before a longer one a request is sent all the same, so that GitLab's refusal says what is up. */
  constructor(clock: Clock, longestWait: number) {
    this.#around = clock;
    this.#longestWait = longestWait;
  }

  /** Waits until a request of this kind may be sent, and counts it as under way until {@link finished}. */
  async turn(kind: string): Promise<void> {
    for (;;) {
      const window = this.#windowOf(kind);
      if (window === undefined || window.remaining - this.#underWay > 0) break;
      if (window.remaining > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      else if (window.endsAt - this.#around.now() > this.#longestWait) break;
      else await this.#sleepUntil(window.endsAt);
    }
    this.#underWay += 1;
  }

  /** Takes note of what an answer says about the limits; without an answer (undefined) the request may have been counted all the same. */
  finished(kind: string, answer: Answer | undefined): void {
    this.#underWay -= 1;
    if (answer === undefined || !this.#learn(kind, answer)) {
      const window = this.#windowOf(kind);
      if (window) window.remaining -= 1;
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Holds back every request of this kind's limiter for some milliseconds. */
  hold(kind: string, milliseconds: number): void {
    const name = this.#limiterOf.get(kind) ?? `kind ${kind}`;
    this.#limiterOf.set(kind, name);
    const endsAt = this.#around.now() + milliseconds;
    const window = this.#windows.get(name);
    if (window)
      Object.assign(window, { remaining: 0, endsAt: Math.max(endsAt, window.remaining > 0 ? 0 : window.endsAt) });
    else this.#windows.set(name, { remaining: 0, limit: undefined, reset: 0, endsAt, assumed: false });
  }

  #windowOf(kind: string): Window | undefined {
    const name = this.#limiterOf.get(kind) ?? this.#latestLimiter;
    const window = name === undefined ? undefined : this.#windows.get(name);
    if (name === undefined || window === undefined || this.#around.now() < window.endsAt) return window;
    if (window.limit === undefined) {
      this.#windows.delete(name);
      return undefined;
    }
    // Until an answer tells more, the next window is taken to be a full one; RateLimit-Limit is always per minute.
    return Object.assign(window, { remaining: window.limit, endsAt: this.#around.now() + 60_000, assumed: true });
  }

  #learn(kind: string, answer: Answer): boolean {
    const { headers } = answer;
    const remaining = Number(headers["ratelimit-remaining"] ?? NaN);
    const reset = Number(headers["ratelimit-reset"] ?? NaN);
    const now = this.#around.now();
    const wait = untilReset(answer, now);
    if (!Number.isFinite(remaining) || wait === undefined) return false;
    const name = headers["ratelimit-name"] ?? "unnamed";
    this.#limiterOf.set(kind, name);
    this.#latestLimiter = name;
    const limit = positive(headers["ratelimit-limit"]);
    const known = this.#windows.get(name);
    if (known === undefined || reset > known.reset || (reset === known.reset && known.assumed)) {
      this.#windows.set(name, { remaining, limit, reset, endsAt: now + wait, assumed: false });
    } else if (reset === known.reset) {
      known.remaining = Math.min(known.remaining, remaining);
    }
    return true;
  }

  async #sleepUntil(time: number): Promise<void> {
    const wait = Math.max(1, time - this.#around.now());
    if (wait > worthTelling && time > this.#toldUntil) {
      this.#toldUntil = time;
      this.#around.status(`GitLab's rate limit is reached: going on in ${Math.ceil(wait / 1000)} s`);
    }
    // Some chance, so that the processes which share a token do not all come back at the same moment.
    await this.#around.sleep(wait + 250 * this.#around.random());
  }
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text ?? NaN);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
