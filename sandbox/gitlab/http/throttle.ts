/** A rate limit: this many requests in each window of this many seconds, per token. */
export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** What the throttle says about one request. */
export interface Verdict {
  readonly limited: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

interface Window {
  readonly start: number;
  observed: number;
}

/** The instance-wide request throttle, with one window per caller. */
export class Throttle {
  readonly #windows = new Map<string, Window>();

  /** Counts one request of a caller (any text that tells callers apart) and says whether it is over the limit. */
  count(caller: string, limit: RateLimit): Verdict {
    const now = Date.now();
    const length = limit.seconds * 1000;
    let window = this.#windows.get(caller);
    if (window === undefined || now >= window.start + length) {
      window = { start: now, observed: 0 };
      this.#windows.set(caller, window);
    }
    window.observed += 1;
    const reset = new Date(window.start + length);
    const limited = window.observed > limit.requests;
    const perMinute = Math.ceil((limit.requests * 60) / limit.seconds);
    return { limited, headers: { ...headers(window, limit, perMinute, reset), ...(limited ? late(reset, now) : {}) } };
  }

  /** Starts every window anew. */
  clear(): void {
    this.#windows.clear();
  }
}

function headers(window: Window, limit: RateLimit, perMinute: number, reset: Date): Record<string, string> {
  return {
    "RateLimit-Name": "throttle_authenticated_api",
    "RateLimit-Limit": String(perMinute),
    "RateLimit-Observed": String(window.observed),
    "RateLimit-Remaining": String(Math.max(0, limit.requests - window.observed)),
    "RateLimit-Reset": String(Math.ceil(reset.getTime() / 1000)),
  };
}

function late(reset: Date, now: number): Record<string, string> {
  return {
    "RateLimit-ResetTime": reset.toUTCString(),
    "Retry-After": String(Math.max(1, Math.ceil((reset.getTime() - now) / 1000))),
  };
}

/** Counts calls of one feature (such as hook tests) per key within the last minute. */
export class FeatureLimiter {
  readonly #calls = new Map<string, number[]>();

  /** Counts one call; false when the limit per minute is already reached. A limit of 0 never refuses. */
  allow(key: string, perMinute: number): boolean {
    if (perMinute === 0) return true;
    const since = Date.now() - 60_000;
    const recent = (this.#calls.get(key) ?? []).filter((time) => time > since);
    const allowed = recent.length < perMinute;
    this.#calls.set(key, allowed ? [...recent, Date.now()] : recent);
    return allowed;
  }

  /** Forgets every call. */
  clear(): void {
    this.#calls.clear();
  }
}
