import { notFound } from "../client";
import { isSlot } from "../core/definition";
import { diff, type Difference } from "../operations/diff";
import { namesIn } from "../operations/state/hidden-state";
import { keysOf, ownerIn, ownInState } from "../operations/state/ownership/owners";
import { keyIn, resolved } from "../operations/state/references";
import { idBelow, namedParent, type Subject } from "../operations/context";
import type { Props } from "../operations/state/request-body";
import type { Wanted } from "./check";
import { isUnfinished, type Entries, type Entry } from "./state";
import type { Item } from "./summary";
import type { Voices } from "./notices";

/** An entry that has an object and stays. */
export interface Kept {
  readonly key: string;
  /** The key that it had so far. */
  readonly from: string;
  readonly entry: Entry;
  /** Undefined where nothing is known of the arguments yet. */
  readonly news: Props | undefined;
  readonly difference: Difference;
}

/** What is to be done about the entries of a fleet. */
export interface Plan {
  readonly same: readonly Kept[];
  readonly changed: readonly Kept[];
  /** Entries whose change asks for another object: another project or group, for one. */
  readonly replaced: readonly Kept[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const unknown: Difference = { changes: true, changed: [], replaces: [] };

/** Compares the entries that have an object with those that the program wants. */
export async function planOf(subject: Subject, held: Entries, wanted: Wanted, voices: Voices): Promise<Plan> {
  const removed = new Set([...held.keys()].filter((key) => !wanted.has(key)));
  const added = [...wanted.keys()].filter((key) => !held.has(key));
  const renamed = await renamedTo(subject, held, wanted, removed, added);
  const plan = { same: [] as Kept[], changed: [] as Kept[], replaced: [] as Kept[] };
  for (const [key, news] of wanted) {
    const from = renamed.get(key) ?? key;
    const entry = held.get(from);
    if (!entry) continue;
    const one = inEntry({ ...subject, say: voices.warningsOf(key) }, key);
    if (from !== key) releaseKey(inEntry(subject, from), entry);
    const difference = news ? await diff(one, entry.id, entry.outputs, news) : unknown;
    if (!news && subject.isRefresh !== true) ownInState(one, entry.id, entry.outputs, {});
    const isChanged = difference.changes || isUnfinished(entry.outputs);
    const list = difference.replaces.length > 0 ? plan.replaced : isChanged ? plan.changed : plan.same;
    list.push({ key, from, entry, news, difference });
  }
  const others = new Set(renamed.values());
  for (const key of removed) subject.connection.met.add(held.get(key)?.id ?? "");
  return {
    ...plan,
    added: added.filter((key) => !renamed.has(key)),
    removed: [...removed].filter((key) => !others.has(key)),
  };
}

/** The subject of one entry of a fleet. */
export function inEntry(subject: Subject, key: string): Subject {
  return subject.fleet ? { ...subject, fleet: { ...subject.fleet, key } } : subject;
}

/** An entry owns its object by its key, so that a new one makes it another owner. */
function releaseKey(subject: Subject, { id, outputs }: Entry): void {
  subject.connection.ownership.release(keysOf(subject, id, outputs), ownerIn(subject, outputs).claim);
}

/** Whether a plan asks for anything. */
export function isEmpty({ same, changed, replaced, added, removed }: Plan): boolean {
  const isRenamed = same.some(({ key, from }) => key !== from);
  return changed.length + replaced.length + added.length + removed.length === 0 && !isRenamed;
}

/** What a plan does, entry by entry. */
export function itemsOf({ same, changed, replaced, added, removed }: Plan): Item[] {
  const renamed = same.filter(({ key, from }) => key !== from);
  return [
    ...added.map((key) => ({ sign: "+", key }) as const),
    ...[...replaced, ...changed, ...renamed].map(
      (kept) => ({ sign: "~", key: kept.key, about: aboutOf(kept) }) as const,
    ),
    ...removed.map((key) => ({ sign: "-", key }) as const),
  ];
}

function aboutOf({ key, from, entry, difference }: Kept): string {
  const { changed, replaces } = difference;
  if (key === from && changed.length === 0 && isUnfinished(entry.outputs)) return "left unfinished";
  const words = changed.map((name) => (replaces.includes(name) ? `${name}: another object` : name));
  return [...(key === from ? [] : [`was ${from}`]), ...words].join(", ");
}

/** New keys of entries that are there under another: the object is the same, or the one that its place can have. */
async function renamedTo(
  subject: Subject,
  held: Entries,
  wanted: Wanted,
  removed: ReadonlySet<string>,
  added: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const renamed = new Map<string, string>();
  if (removed.size === 0) return renamed;
  const free = new Map<string, string>();
  for (const key of removed) {
    const entry = held.get(key);
    if (entry) free.set(isSlot(subject.definition) ? entry.id : textOf(entry.outputs), key);
  }
  for (const key of added) {
    const news = wanted.get(key);
    const mark = news && (isSlot(subject.definition) ? await placeOf(subject, news) : textOf(news));
    const from = mark === undefined ? undefined : free.get(mark);
    if (mark === undefined || from === undefined) continue;
    free.delete(mark);
    renamed.set(key, from);
  }
  return renamed;
}

/** What a program gives for an entry, as one text. */
function textOf(props: Props): string {
  return JSON.stringify([...namesIn(props, "__managed")].sort().map((name) => [name, sorted(props[name])]));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The ID of what the arguments alone tell. */
async function placeOf(subject: Subject, news: Props): Promise<string | undefined> {
  const { definition, connection } = subject;
  const named = namedParent(definition, news);
  const parent = named && (await connection.parent(named.scope, named.text).catch(notFound));
  const inputs = parent && (await resolved(subject, news).catch(notFound));
  return inputs && idBelow(definition, parent, keyIn(definition, inputs)?.key);
}
