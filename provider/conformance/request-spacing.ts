import { setTimeout as sleep } from "node:timers/promises";

/** A clock and a way to wait, both in milliseconds. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const realClock: Clock = { now: () => performance.now(), sleep: (milliseconds) => sleep(milliseconds) };

/** Spreads requests evenly, so that no minute has more than a number of them. */
export class RequestSpacing {
  readonly #interval: number;
  #next = 0;

  /** @param perMinute requests a minute at most; 0 for any number */
  constructor(
    perMinute: number,
    private readonly clock: Clock = realClock,
  ) {
    this.#interval = perMinute === 0 ? 0 : 60_000 / perMinute;
  }

  /** Ends when the next request may be sent. */
  async turn(): Promise<void> {
    if (this.#interval === 0) return;
    const now = this.clock.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#interval;
    if (at > now) await this.clock.sleep(at - now);
  }
}
