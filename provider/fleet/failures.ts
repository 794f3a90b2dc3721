import { GitLabError, LostAnswerError, UnreachableError } from "../client";
import type { Definition } from "../core/definition";
import { PartialFailureError } from "../core/errors";
import { messageOf } from "../operations/error-message";
import type { Props } from "../operations/state/request-body";
import { entryPath } from "../core/id";
import { counted, formatted } from "./kinds";
import { mostLines } from "./summary";

/** After so many entries in a row that could not even ask, or that something else than GitLab answered, no other is tried. */
const mostHopeless = 16;

/** The entries whose work failed, and why. */
export class Failures {
  /** Why the first of them failed: as many as are shown. */
  readonly #reasons: string[] = [];
  #failed = 0;
  #untried = 0;
  #hopeless = 0;

  constructor(readonly definition: Definition) {}

  get count(): number {
    return this.#failed + this.#untried;
  }

  /** Whether it is no use to go on: the token is refused, GitLab is out of reach, or it is not GitLab that answers. */
  get isHopeless(): boolean {
    return this.#hopeless >= mostHopeless;
  }

  /** Notes that an entry went well. */
  passed(): void {
    this.#hopeless = 0;
  }

  /** Notes entries that were not tried. */
  skipped(count = 1): void {
    this.#untried += count;
  }

  /** Notes why an entry failed; no value out of `given` stands in what is shown. */
  add(key: string, error: unknown, ...given: readonly Props[]): void {
    this.#note(entryPath(key), error, given);
  }

  /** Notes why the deletion of an object failed that is no entry. */
  addObject(id: string, error: unknown): void {
    this.#note(id, error, []);
  }

  #note(name: string, error: unknown, given: readonly Props[]): void {
    const isRefused = error instanceof GitLabError && (error.status === 401 || error.responder !== undefined);
    const isSilent = error instanceof UnreachableError || error instanceof LostAnswerError;
    this.#hopeless = isRefused || isSilent ? this.#hopeless + 1 : 0;
    this.#failed += 1;
    if (this.#failed > mostLines) return;
    const reason =
      error instanceof PartialFailureError ? error.reasons.join("; ") : messageOf(error, this.definition, ...given);
    this.#reasons.push(`${name}: ${reason}`);
  }

  /**
   * What a user reads: how many failed, and which, 20 at most.
   *
   * @param then what becomes of the rest, as a sentence
   */
  told(total: number, then: string): string[] {
    const rest = this.#failed - this.#reasons.length;
    return [
      `${formatted(this.count)} of ${counted(this.definition, total)} failed. ${then}`,
      ...this.#reasons,
      ...(rest > 0 ? [`and ${formatted(rest)} more`] : []),
      ...(this.#untried > 0 ? [`${formatted(this.#untried)} others were not tried.`] : []),
    ];
  }
}
