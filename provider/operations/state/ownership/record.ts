import { setTimeout as sleep } from "node:timers/promises";
import { engineAddress } from "../../../core/log";
import { FileJournal, isAlive, MemoryJournal, self, type Journal, type ProcessName } from "./journal";

/** The resource that an object belongs to. */
export interface Owner {
  /** The text that its outputs hold for as long as it has this object. Empty in states that have none. */
  readonly claim: string;
  /** As messages name it, where that is known: `ProjectHook "deploys"`. */
  readonly resource?: string | undefined;
}

/** What the run knows of one object. */
interface Entry {
  /** Who has it, the first first. */
  owners: Owner[];
  /** Resources that the program declares for it, though they do not have it yet. */
  intents: string[];
  deletions: { readonly claim: string; readonly by: ProcessName }[];
  /** Resources whose diff asks for another object in place of this one; an empty text where the name is not known. */
  replacedBy: string[];
  /** Whether it was deleted in this run, or found gone by its refresh. */
  isGone: boolean;
}

interface Line {
  readonly event: "own" | "release" | "replace" | "intend" | "delete" | "gone" | "stays";
  readonly keys: readonly string[];
  readonly claim?: string;
  readonly resource?: string;
  readonly by?: ProcessName;
}

/** Milliseconds between two looks at a deletion of another process. */
const pause = 50;
/** The longest wait in milliseconds for a deletion that goes on. */
const longest = 120_000;
/** The same for a deletion that is to come: it may wait for this very process. */
const longestReplacement = 20_000;

/**
 * Who owns which object of GitLab, as the run of the engine that this process belongs to knows it: what its creates and
 * imports took, and what its diffs found in state. All provider processes of the run share it; it ends with the run.
 *
 * An object is named by one or several keys, all of which mean the same one: its number and its path, on each address
 * that its GitLab has.
 */
export class OwnershipRecord {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly journal: Journal) {}

  /**
   * Makes a resource the owner of an object. Where two ask for one object, the first is its owner.
   *
   * @returns the other owner where there is one, else undefined
   */
  own(keys: readonly string[], { claim, resource }: Owner): Owner | undefined {
    this.#append({ event: "own", keys, claim, ...(resource === undefined ? {} : { resource }) });
    const other = this.#entriesOf(keys)
      .flatMap(({ owners }) => owners.slice(0, 1))
      .find((owner) => owner.claim !== claim);
    if (other) this.release(keys, claim);
    return other;
  }

  /** Ends the ownership of a claim, and of no other. */
  release(keys: readonly string[], claim: string): void {
    this.#append({ event: "release", keys, claim });
  }

  /** Notes that the diff of a resource asks for another object, so that this one is about to be deleted. */
  replace(keys: readonly string[], { claim, resource }: Owner): void {
    this.#append({ event: "replace", keys, claim, ...(resource === undefined ? {} : { resource }) });
  }

  /** The owner of an object, unless it has the given claim. */
  otherOwner(keys: readonly string[], claim?: string): Owner | undefined {
    this.#update();
    return this.#entriesOf(keys)
      .flatMap(({ owners }) => owners)
      .find((owner) => claim === undefined || owner.claim !== claim);
  }

  /** Notes that a new resource is to have an object. */
  intend(keys: readonly string[], resource: string): void {
    this.#append({ event: "intend", keys, resource });
  }

  /** A resource other than the given one that is to have the object. */
  otherIntent(keys: readonly string[], resource: string | undefined): string | undefined {
    return this.intents(keys).find((other) => other !== resource);
  }

  /** The resources that are to have the object, though they do not have it yet. */
  intents(keys: readonly string[]): readonly string[] {
    this.#update();
    return this.#entriesOf(keys).flatMap(({ intents }) => intents);
  }

  /**
   * Announces a deletion.
   *
   * @returns the owner on whose behalf the object is to be kept; then there is no deletion
   */
  beginDelete(keys: readonly string[], claim: string): Owner | undefined {
    this.#append({ event: "delete", keys, claim, by: self });
    const other = this.#entriesOf(keys)
      .flatMap(({ owners }) => owners)
      // Two resources of states without claims cannot be told apart: what a diff found in state is another one then.
      .find((owner) => owner.claim !== claim || claim === "");
    if (other) this.endDelete(keys, claim, false);
    return other;
  }

  /** Ends what {@link beginDelete} announced. */
  endDelete(keys: readonly string[], claim: string, isGone: boolean): void {
    this.#append({ event: isGone ? "gone" : "stays", keys, claim, by: self });
  }

  /** Notes that a refresh of this run found the object gone, whose owner had the given claim. */
  noteGone(keys: readonly string[], claim: string): void {
    this.endDelete(keys, claim, true);
  }

  /** Waits until no living process is deleting the object. */
  async untilDeleted(keys: readonly string[]): Promise<void> {
    for (let waited = 0; waited < longest; waited += pause) {
      this.#update();
      const going = this.#entriesOf(keys).some(({ deletions }) => deletions.some(({ by }) => isAlive(by)));
      if (!going) return;
      await sleep(pause);
    }
  }

  /**
   * Whether the object was deleted in this run, was found gone by its refresh, or is about to be deleted because the diff
   * of this resource asks for another.
   */
  isSpent(keys: readonly string[], resource?: string): boolean {
    this.#update();
    return this.#entriesOf(keys).some(
      ({ isGone, replacedBy }) =>
        isGone || replacedBy.some((by) => resource === undefined || by === "" || by === resource),
    );
  }

  /** Whether a diff asks for another object in place of this one, which is still there. */
  isBeingReplaced(keys: readonly string[]): boolean {
    this.#update();
    return this.#entriesOf(keys).some(({ isGone, replacedBy }) => !isGone && replacedBy.length > 0);
  }

  /**
   * Waits until an object is gone in whose place a diff asks for another one.
   *
   * @returns whether there was one to wait for
   */
  async untilReplaced(keys: readonly string[]): Promise<boolean> {
    if (!this.isBeingReplaced(keys)) return false;
    for (let waited = 0; waited < longestReplacement && this.isBeingReplaced(keys); waited += pause) await sleep(pause);
    return true;
  }

  /** Whether the object is, or was, of a resource of this run. */
  isKnown(keys: readonly string[]): boolean {
    this.#update();
    return this.#entriesOf(keys).some(
      ({ owners, deletions, replacedBy, isGone }) => isGone || owners.length + deletions.length + replacedBy.length > 0,
    );
  }

  #append(line: Line): void {
    this.journal.append(line);
    this.#update();
  }

  #update(): void {
    for (const line of this.journal.news()) {
      if (isLine(line)) for (const key of line.keys) apply(this.#entry(key), line);
    }
  }

  #entry(key: string): Entry {
    const known = this.#entries.get(key);
    if (known) return known;
    const entry: Entry = { owners: [], intents: [], deletions: [], replacedBy: [], isGone: false };
    this.#entries.set(key, entry);
    return entry;
  }

  #entriesOf(keys: readonly string[]): Entry[] {
    return keys.flatMap((key) => this.#entries.get(key) ?? []);
  }
}

function apply(entry: Entry, { event, claim = "", resource, by = self }: Line): void {
  switch (event) {
    case "own":
      // The engine asks one resource for another create after an interrupted replacement, and after an error hook.
      if (resource !== undefined) {
        entry.owners = entry.owners.filter((owner) => owner.resource !== resource || owner.claim === claim);
      }
      if (!entry.owners.some((owner) => owner.claim === claim)) entry.owners.push({ claim, resource });
      entry.isGone = false;
      return;
    case "release":
      entry.owners = entry.owners.filter((owner) => owner.claim !== claim);
      return;
    case "replace":
      entry.owners = entry.owners.filter((owner) => owner.claim !== claim);
      if (!entry.replacedBy.includes(resource ?? "")) entry.replacedBy.push(resource ?? "");
      return;
    case "intend":
      if (resource !== undefined && !entry.intents.includes(resource)) entry.intents.push(resource);
      return;
    case "delete":
      entry.deletions.push({ claim, by });
      return;
    case "gone":
      entry.isGone = true;
      entry.owners = entry.owners.filter((owner) => owner.claim !== claim);
      entry.deletions = entry.deletions.filter((deletion) => deletion.claim !== claim);
      return;
    case "stays":
      entry.deletions = entry.deletions.filter((deletion) => deletion.claim !== claim);
  }
}

function isLine(line: unknown): line is Line {
  return typeof line === "object" && line !== null && "event" in line && "keys" in line && Array.isArray(line.keys);
}

let shared: OwnershipRecord | undefined;

/** The record of the run that this process serves, or one of its own where no engine has started it. */
export function ownershipRecord(): OwnershipRecord {
  const address = engineAddress();
  if (address === undefined) return new OwnershipRecord(new MemoryJournal());
  shared ??= new OwnershipRecord(journalAt(address));
  return shared;
}

function journalAt(address: string): Journal {
  try {
    return new FileJournal(address);
  } catch {
    // Without a place to share it, what this process knows is better than nothing.
    return new MemoryJournal();
  }
}
