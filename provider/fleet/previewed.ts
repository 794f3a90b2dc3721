import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "../core/json";
import { engineAddress } from "../core/log";
import { journalName, noFollow, requireOwn, userFolder } from "../operations/state/ownership/journal";

/** What a preview named longer ago, in milliseconds, counts no more. */
const longest = 7 * 24 * 3_600_000;

/** What the last preview of a fleet has left. */
export interface Previewed {
  /** The IDs of the objects that it named for deletion. */
  readonly ids: ReadonlySet<string>;
  /** Keys of the objects that other resources turned out to have, by the end of that preview. */
  readonly owned: ReadonlySet<string>;
}

const nothing: Previewed = { ids: new Set(), owned: new Set() };

/**
 * Notes which objects a preview of a fleet names for deletion, in place of those that an earlier one named. The update
 * that follows has another process and another engine, so that it is a file: the user's alone, with IDs in it.
 *
 * Where it cannot be written, no object counts as named.
 *
 * @param fleet what tells the fleet from all others
 */
export function noteNamed(fleet: readonly string[], ids: readonly string[]): void {
  const address = engineAddress();
  write(fleet, { ids, journal: address === undefined ? undefined : journalName(address) });
}

/** Takes objects that are gone out of what the last preview named. */
export function noteDeleted(fleet: readonly string[], gone: ReadonlySet<string>): void {
  const { ids, journal } = written(fleet);
  write(fleet, { ids: ids.filter((id) => !gone.has(id)), journal });
}

/**
 * What the last preview of a fleet named on this machine. The preview compared some resources only after the fleet; what
 * they have stands in the record of owners of that run, which its processes shared.
 */
export function namedBefore(fleet: readonly string[]): Previewed {
  const { ids, journal } = written(fleet);
  if (ids.length === 0 || journal === undefined) return nothing;
  try {
    return { ids: new Set(ids), owned: new Set(ownedIn(own(journal))) };
  } catch {
    return nothing;
  }
}

interface Written {
  readonly ids: readonly string[];
  /** The file of the record of owners. */
  readonly journal: string | undefined;
}

function write(fleet: readonly string[], content: Written): void {
  try {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | noFollow;
    const file = openSync(join(userFolder(), nameOf(fleet)), flags, 0o600);
    try {
      requireOwn(fstatSync(file));
      writeSync(file, JSON.stringify(content));
    } finally {
      closeSync(file);
    }
  } catch {
    // Then the update deletes nothing, and says why.
  }
}

function written(fleet: readonly string[]): Written {
  try {
    const content: unknown = JSON.parse(own(nameOf(fleet)));
    const { ids, journal } = isObject(content) ? content : {};
    if (!Array.isArray(ids) || typeof journal !== "string" || !/^[0-9a-f]+\.jsonl$/.test(journal)) throw new Error();
    return { ids: ids.filter((id): id is string => typeof id === "string"), journal };
  } catch {
    return { ids: [], journal: undefined };
  }
}

/** @throws Error for a file that is not there, is too old or could be somebody else's */
function own(name: string): string {
  const file = openSync(join(userFolder(), name), constants.O_RDONLY | noFollow);
  try {
    const stat = fstatSync(file);
    requireOwn(stat);
    if (Date.now() - stat.mtimeMs > longest) throw new Error("too old");
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

function ownedIn(journal: string): string[] {
  return journal.split("\n").flatMap((line) => {
    if (!line.includes('"own"') && !line.includes('"intend"')) return [];
    const { event, keys } = JSON.parse(line) as { event?: unknown; keys?: readonly string[] };
    return event === "own" || event === "intend" ? (keys ?? []) : [];
  });
}

function nameOf(fleet: readonly string[]): string {
  return `${createHash("sha256").update(JSON.stringify(fleet)).digest("hex").slice(0, 32)}.previewed.json`;
}
