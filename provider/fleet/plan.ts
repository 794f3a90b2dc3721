import { notFound } from "../client";
import { isSlot } from "../core/definition";
import { diff, type Difference } from "../operations/diff";
import { namesIn } from "../operations/state/hidden-state";
import { keysOf, ownerIn, ownInState } from "../operations/state/ownership/owners";
import { keyIn, resolved } from "../operations/state/references";
import { idBelow, namedParent, type OperationContext } from "../operations/context";
import type { Props } from "../operations/state/request-body";
import type { Desired } from "./check";
import { isUnfinished, type Entries, type Entry } from "./state";
import type { Item } from "./summary";
import type { NoticeCollector } from "./notices";

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
export async function planOf(
  context: OperationContext,
  current: Entries,
  desired: Desired,
  notices: NoticeCollector,
): Promise<Plan> {
  const removed = new Set([...current.keys()].filter((key) => !desired.has(key)));
  const added = [...desired.keys()].filter((key) => !current.has(key));
  const renamed = await renamedTo(context, current, desired, removed, added);
  const plan = { same: [] as Kept[], changed: [] as Kept[], replaced: [] as Kept[] };
  for (const [key, news] of desired) {
    const from = renamed.get(key) ?? key;
    const entry = current.get(from);
    if (!entry) continue;
    const one = inEntry({ ...context, report: notices.reportWarningsFor(key) }, key);
    if (from !== key) releaseKey(inEntry(context, from), entry);
    const difference = news ? await diff(one, entry.id, entry.outputs, news) : unknown;
    if (!news && context.isRefresh !== true) ownInState(one, entry.id, entry.outputs, {});
    const isChanged = difference.changes || isUnfinished(entry.outputs);
    const list = difference.replaces.length > 0 ? plan.replaced : isChanged ? plan.changed : plan.same;
    list.push({ key, from, entry, news, difference });
  }
  const others = new Set(renamed.values());
  for (const key of removed) context.connection.met.add(current.get(key)?.id ?? "");
  return {
    ...plan,
    added: added.filter((key) => !renamed.has(key)),
    removed: [...removed].filter((key) => !others.has(key)),
  };
}

/** The subject of one entry of a fleet. */
export function inEntry(context: OperationContext, key: string): OperationContext {
  return context.fleet ? { ...context, fleet: { ...context.fleet, key } } : context;
}

/** An entry owns its object by its key, so that a new one makes it another owner. */
function releaseKey(context: OperationContext, { id, outputs }: Entry): void {
  context.connection.ownership.release(keysOf(context, id, outputs), ownerIn(context, outputs).claim);
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
  if (key === from && changed.length === 0 && isUnfinished(entry.outputs)) return "unfinished";
  const words = changed.map((name) => (replaces.includes(name) ? `${name}: replaced` : name));
  return [...(key === from ? [] : [`was ${from}`]), ...words].join(", ");
}

/** New keys of entries that are there under another: the object is the same, or the one that its place can have. */
async function renamedTo(
  context: OperationContext,
  current: Entries,
  desired: Desired,
  removed: ReadonlySet<string>,
  added: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const renamed = new Map<string, string>();
  if (removed.size === 0) return renamed;
  const free = new Map<string, string>();
  for (const key of removed) {
    const entry = current.get(key);
    if (entry) free.set(isSlot(context.definition) ? entry.id : textOf(entry.outputs), key);
  }
  for (const key of added) {
    const news = desired.get(key);
    const mark = news && (isSlot(context.definition) ? await placeOf(context, news) : textOf(news));
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
async function placeOf(context: OperationContext, news: Props): Promise<string | undefined> {
  const { definition, connection } = context;
  const named = namedParent(definition, news);
  const parent = named && (await connection.parent(named.scope, named.text).catch(notFound));
  const inputs = parent && (await resolved(context, news).catch(notFound));
  return inputs && idBelow(definition, parent, keyIn(definition, inputs)?.key);
}
