import type { AuthorizationDelay } from "./settings";
import type { Scope } from "./entities";

interface Pending {
  calls: number;
  readonly until: number;
}

/** New projects and groups for which GitLab still works out who may do what. */
export class PendingAuthorizations {
  readonly #pending = new Map<string, Pending>();

  /** Notes something new. */
  add({ kind, id }: Scope, { calls, milliseconds }: AuthorizationDelay): void {
    if (calls > 0 || milliseconds > 0) this.#pending.set(`${kind} ${id}`, { calls, until: Date.now() + milliseconds });
  }

  /** Whether the work is still under way; each question counts as one of the calls that it takes. */
  isPending({ kind, id }: Scope): boolean {
    const key = `${kind} ${id}`;
    const pending = this.#pending.get(key);
    if (pending === undefined) return false;
    if (pending.calls > 0 || Date.now() < pending.until) {
      pending.calls -= 1;
      return true;
    }
    this.#pending.delete(key);
    return false;
  }

  /** Ends all of it. */
  clear(): void {
    this.#pending.clear();
  }
}
