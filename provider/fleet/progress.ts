import type { Definition } from "../core/definition";
import type { Report } from "../operations/context";
import { counted, formatted } from "./kinds";

/** Milliseconds between two status lines. */
const pause = 1_000;

/** Says how far the work has come: `1,204 of 3,000 hooks`. */
export class Progress {
  #done = 0;
  #said = Date.now();

  constructor(
    readonly definition: Definition,
    readonly total: number,
    readonly report: Report,
  ) {}

  /** Counts one more, and says so now and then. */
  step(): void {
    this.#done += 1;
    const now = Date.now();
    if (now - this.#said < pause) return;
    this.#said = now;
    this.report("status", `${formatted(this.#done)} of ${counted(this.definition, this.total)}`);
  }
}
