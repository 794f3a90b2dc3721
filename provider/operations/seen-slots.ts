import type { Connection } from "./connection";
import type { RemoteObject } from "./api/remote-object";

/** Milliseconds for which what a check saw at a place is good for the create that follows it. */
const longest = 10_000;

interface Seen {
  readonly remote: RemoteObject | undefined;
  /** When, in milliseconds. */
  readonly at: number;
}

const seen = new WeakMap<object, Map<string, Seen>>();

/** Notes what is at the place of an ID, undefined for nothing. */
export function noteSeen({ ownership }: Connection, id: string, remote: RemoteObject | undefined): void {
  // An impatient connection shares the record with the one that it comes from.
  const known = seen.get(ownership) ?? new Map<string, Seen>();
  seen.set(ownership, known.set(id, { remote, at: Date.now() }));
}

/**
 * What a check has just seen at the place of an ID, where that is nothing that runs: what runs is compared, and looked at
 * again for that. It counts once.
 *
 * @returns undefined where nothing was looked up
 */
export function takeSeen({ ownership }: Connection, id: string): Seen | undefined {
  const found = seen.get(ownership)?.get(id);
  seen.get(ownership)?.delete(id);
  return found && !found.remote?.active && Date.now() - found.at < longest ? found : undefined;
}
