import type { Address } from "../../core/id";
import type { Connection } from "../connection";
import type { Definition } from "../../core/definition";
import { fieldsOf } from "../../core/schema";
import type { RemoteObject } from "../api/remote-object";
import { objectPath } from "../api/paths";
import { namesIn } from "../state/hidden-state";
import type { OperationContext } from "../context";
import type { Props } from "../state/request-body";

/** What a process has read of the objects below one parent. */
interface RefreshCache {
  readonly read: Set<number>;
  listed?: Promise<ReadonlyMap<number, RemoteObject> | undefined> | undefined;
}

const refreshCaches = new WeakMap<Connection, Map<string, RefreshCache>>();

/**
 * Finds the object of a resource for a refresh. The first below a parent is fetched by itself, and from the second on all
 * are taken from one list of the parent's objects, so that a parent costs a request per 100 of them.
 *
 * What a list does not show is fetched by itself: while the pages of a list are fetched, a deletion elsewhere can hide an
 * object between two of them. So is an object that is read again, everything once the process has written something, and
 * whatever has what lists leave out.
 */
export async function findInRefresh(
  context: OperationContext,
  at: Address,
  props: Props,
): Promise<RemoteObject | undefined> {
  const { api, definition, connection } = context;
  const { key, ...above } = at;
  const alone = (): Promise<RemoteObject | undefined> => api.find(connection.client, definition, at);
  if (!api.list || key === undefined || connection.hasWritten || hasKeys(definition, props)) return alone();
  const cache = refreshCacheAt(connection, objectPath(definition, above));
  const isFirst = cache.read.size === 0;
  const isAgain = cache.read.has(key);
  cache.read.add(key);
  if (isFirst || isAgain) return alone();
  cache.listed ??= byKey(api.list(connection.client, definition, above)).catch((error: unknown) => {
    cache.listed = undefined;
    throw error;
  });
  const listed = await cache.listed;
  if (!listed && (await isHidden(connection, above))) return undefined;
  return listed?.get(key) ?? alone();
}

async function byKey(
  listing: Promise<readonly RemoteObject[] | undefined>,
): Promise<Map<number, RemoteObject> | undefined> {
  const listed = await listing;
  return (
    listed && new Map(listed.flatMap((remote) => (remote.key === undefined ? [] : [[remote.key, remote] as const])))
  );
}

async function isHidden(connection: Connection, { scope, parent }: Address): Promise<boolean> {
  return scope !== undefined && parent !== undefined && !(await connection.sees(scope, parent));
}

/** Whether the program or GitLab gave the object a map whose keys stand in no list. */
function hasKeys(definition: Definition, props: Props): boolean {
  const managed = namesIn(props, "__managed");
  return [...fieldsOf(definition.fields)].some(([name, { meta }]) => {
    return meta.keysOnly === true && (managed.includes(name) || Object.keys(props[name] ?? {}).length > 0);
  });
}

function refreshCacheAt(connection: Connection, place: string): RefreshCache {
  const known = refreshCaches.get(connection) ?? new Map<string, RefreshCache>();
  refreshCaches.set(connection, known);
  const cache = known.get(place) ?? { read: new Set<number>() };
  known.set(place, cache);
  return cache;
}
