import { notFound } from "../client";
import { isSlot } from "../core/definition";
import { parseId, type Address } from "../core/id";
import { parseUrl } from "../core/parse-url";
import { truncate } from "../core/truncate";
import { unknownValue } from "../core/unknown";
import type { RemoteObject } from "../operations/api/remote-object";
import { collectionCacheFor } from "../operations/collections/collection-cache";
import { matchesDesired } from "../operations/collections/duplicates";
import type { Parent } from "../operations/connection";
import { idBelow, knownParent, namedParent, parentOutputs, type OperationContext } from "../operations/context";
import { fieldValues } from "../operations/state/outputs";
import { keysOf } from "../operations/state/ownership/owners";
import { keyTextIn, referencesOf } from "../operations/state/references";
import type { Props } from "../operations/state/request-body";
import type { Desired } from "./check";
import { inParallel } from "../operations/in-parallel";
import { lookUpTogether } from "../operations/lookups";
import type { Kept } from "./plan";
import type { Entries } from "./state";

/** An object below a project or group of a fleet's entries that is no entry of the fleet. */
export interface Other {
  readonly id: string;
  readonly at: Address;
  /** What it is apart from its ID: its name and the host of its URL, and nothing that could be a secret. */
  readonly about: string;
  /** Its keys in the record of owners. */
  readonly keys: readonly string[];
}

/** What a look at the projects and groups of a fleet's entries shows. */
export interface Look {
  readonly parents: readonly Parent[];
  readonly others: readonly Other[];
  /** How many entries do not tell yet where they belong. */
  readonly unknown: number;
}

/** The entries of a fleet, as far as it matters where they belong. */
export interface Placed {
  readonly current: Entries;
  readonly desired: Desired;
  /** Those that have an object and keep it. */
  readonly kept: readonly Kept[];
  /** The keys of those that are to have one. */
  readonly made: readonly string[];
}

interface Place {
  readonly parent: Parent;
  /** The arguments of the entries that are to be made there. */
  readonly made: Props[];
}

/**
 * Lists the objects of each project and group that entries name, and leaves out what belongs to an entry, what an entry
 * would take, and what another resource of the run has or is to have.
 *
 * @param managed IDs of objects that other resources of the program have
 * @throws GitLabError or UnreachableError when a list does not come
 */
export async function lookForOthers(
  context: OperationContext,
  placed: Placed,
  managed: readonly string[],
): Promise<Look> {
  const { places, unknown } = await placesOf(context, placed);
  const own = new Set([...placed.current.values()].map(({ id }) => id));
  const foreign = new Set(managed.flatMap((id) => (parseId(context.definition, id) ? keysOf(context, id, {}) : [])));
  const others: Other[] = [];
  await inParallel(places, async ({ parent, made }) => {
    const listed = await collectionCacheFor(context, parent).listed();
    const free = listed
      .filter((remote) => remote.active && !remote.inherited)
      .map((remote) => ({
        remote,
        other: otherOf(context, parent, remote),
      }));
    const rest = free.filter(({ other }) => {
      return !own.has(other.id) && !other.keys.some((key) => foreign.has(key)) && isFree(context, other);
    });
    const taken = takenBy(
      context,
      made,
      rest.map(({ remote }) => remote),
    );
    others.push(...rest.filter(({ remote }) => !taken.has(remote)).map(({ other }) => other));
  });
  others.sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
  return { parents: places.map(({ parent }) => parent), others, unknown };
}

/** Whether no resource of the run has an object, reads it or is to have it. */
export function isFree({ connection }: OperationContext, { id, keys }: Other): boolean {
  const { ownership, met } = connection;
  return !met.has(id) && !ownership.isKnown(keys) && ownership.intents(keys).length === 0;
}

async function placesOf(context: OperationContext, { kept, made, desired }: Placed) {
  const { definition, connection } = context;
  const places = new Map<string, Place>();
  let unknown = 0;
  const add = (parent: Parent, ...args: Props[]) => {
    const key = idBelow(definition, parent, undefined);
    const place = places.get(key) ?? { parent, made: [] };
    places.set(key, place);
    place.made.push(...args);
  };
  for (const { entry, news } of kept) {
    const parent = knownParent(definition, entry.outputs);
    if (news && parent) add(parent);
    else unknown += 1;
  }
  const named = made.flatMap((key) => {
    const news = desired.get(key);
    const place = news && namedParent(definition, news);
    if (place && place.text !== unknownValue) return [{ ...place, news }];
    unknown += 1;
    return [];
  });
  const projects = named.filter(({ scope }) => scope === "project").map(({ text }) => text);
  await lookUpTogether(connection, projects, context.report);
  await inParallel(named, async ({ scope, text, news }) => {
    // One that is not there yet has no objects.
    const parent = await connection.parent(scope, text).catch(notFound);
    if (parent) add(parent, news);
  });
  return { places: [...places.values()], unknown };
}

function otherOf(context: OperationContext, parent: Parent, remote: RemoteObject): Other {
  const { definition } = context;
  const id = idBelow(definition, parent, remote.key);
  const at: Address = {
    scope: parent.scope,
    parent: String(parent.id),
    ...(remote.key === undefined ? {} : { key: remote.key }),
  };
  const reference = slotOf(context);
  const path = remote.values.group_full_path;
  const props = {
    ...parentOutputs(parent),
    ...(reference && typeof path === "string" ? { [reference.path]: path } : {}),
  };
  return { id, at, about: aboutOf(remote), keys: keysOf(context, id, props) };
}

function slotOf({ definition }: OperationContext) {
  return referencesOf(definition).find(({ info }) => info.name === definition.idFromArgument)?.names;
}

function aboutOf({ values }: RemoteObject): string {
  const host = typeof values.url === "string" ? parseUrl(values.url)?.host : undefined;
  const texts = [values.name, values.group_full_path, host].filter((text) => typeof text === "string" && text !== "");
  return texts.map((text) => truncate(text as string)).join(", ");
}

/** The objects that entries would take instead of making new ones. */
function takenBy(
  context: OperationContext,
  made: readonly Props[],
  remotes: readonly RemoteObject[],
): ReadonlySet<RemoteObject> {
  const taken = new Set<RemoteObject>();
  for (const news of made) {
    const match = remotes.find((remote) => !taken.has(remote) && isTaken(context, remote, news));
    if (match) taken.add(match);
  }
  return taken;
}

function isTaken(context: OperationContext, remote: RemoteObject, news: Props): boolean {
  const { definition } = context;
  if (!isSlot(definition)) {
    return matchesDesired(context, remote, { given: fieldValues(definition, news), reset: [], last: {} });
  }
  const text = keyTextIn(definition, news)?.toLowerCase();
  const path = remote.values.group_full_path;
  return text === String(remote.key) || (typeof path === "string" && text === path.toLowerCase());
}
