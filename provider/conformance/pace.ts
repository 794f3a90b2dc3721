import { setTimeout as sleep } from "node:timers/promises";

/** Spreads requests evenly, so that no minute has more than a number of them. */
export class Pace {
  readonly #interval: number;
  #next = 0;

  /** @param perMinute requests a minute at most; 0 for any number */
  constructor(perMinute: number) {
    this.#interval = perMinute === 0 ? 0 : 60_000 / perMinute;
  }

  /** Ends when the next request may be sent. */
  async turn(): Promise<void> {
    if (this.#interval === 0) return;
    const now = performance.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#interval;
    if (at > now) await sleep(at - now);
  }
}
