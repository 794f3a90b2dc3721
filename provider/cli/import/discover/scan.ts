import { apiPath, isNotFound, lacksCall, refusedWith, type ApiPath } from "../../../client";
import { formatId, type Address } from "../../../core/id";
import type { Connection } from "../../../operations/connection";
import { isSingleton, type Definition } from "../../../core/definition";
import { objectPath } from "../../../operations/api/paths";
import { definitionsByName } from "../../../resources/definitions";
import { rowOf } from "../../../functions/responses";
import type { RemoteObject } from "../../../operations/api/remote-object";
import { apiFor } from "../../../resources/api";
import { kindOfFamily, type Family, type Selection } from "../options";
import { reasonOf, type Skipped } from "./skipped";
import type { Target } from "./targets";

/** An object on GitLab that a resource can manage. */
export interface RemoteResource {
  readonly definition: Definition;
  readonly at: Address;
  readonly parent: Target | undefined;
  readonly remote: RemoteObject;
}

/** What one project or group holds. */
export interface Scan {
  /** Undefined for the owner of the token. */
  readonly parent: Target | undefined;
  readonly resources: readonly RemoteResource[];
  /** Integrations that inherit and are left to the group above. */
  readonly inherited: readonly Definition[];
  /** Integrations that are set up and switched off. */
  readonly inactive: readonly Definition[];
  /** Active integrations that this package has no class for, by GitLab's name. */
  readonly unsupported: readonly string[];
  readonly skipped: readonly Skipped[];
}

/** What to look for. */
export type Scope = Pick<Selection, "only" | "includeInherited" | "inactive">;

type Part = Partial<Omit<Scan, "parent">>;

/**
 * Looks for everything that `scope` asks for in one project or group, or for what belongs to the token's owner.
 *
 * @throws what the client throws when GitLab cannot be reached or does not accept the token
 */
export async function scan(connection: Connection, parent: Target | undefined, scope: Scope): Promise<Scan> {
  const parts = await Promise.all(scope.only.map((family) => scanFamily(connection, parent, family, scope)));
  return { parent, ...merged(parts) };
}

async function scanFamily(
  connection: Connection,
  parent: Target | undefined,
  family: Family,
  scope: Scope,
): Promise<Part> {
  const definitions = [...definitionsByName().values()].filter(
    (definition) => definition.kind === kindOfFamily[family] && livesIn(definition, parent),
  );
  try {
    if (family === "integrations" && parent) return await integrations(connection, parent, definitions, scope);
    const parts = definitions.map((definition) =>
      parent && !isSingleton(definition) && !definition.parentKind
        ? several(connection, parent, definition)
        : readObject(connection, parent, definition, parent ? addressIn(parent) : {}),
    );
    return merged(await Promise.all(parts));
  } catch (error) {
    const where = parent ? `${parent.scope} ${parent.path}` : "the token's owner";
    return { skipped: [{ where, what: [family], reason: reasonOf(error) }] };
  }
}

function livesIn({ parentKind, scopes }: Definition, parent: Target | undefined): boolean {
  if (parentKind) return parentKind === parent?.scope;
  return parent ? scopes.includes(parent.scope) : scopes.length === 0;
}

/** Objects of which a parent can have several, each read as the provider reads it. */
async function several(connection: Connection, parent: Target, definition: Definition): Promise<Part> {
  const at = addressIn(parent);
  if (definition.idFromArgument) {
    const remotes = (await apiFor(definition).list?.(connection.client, definition, at)) ?? [];
    const resources = remotes.map((remote) => ({ definition, at: { ...at, ...keyOf(remote) }, parent, remote }));
    return { resources };
  }
  const rows = await listed(connection, objectPath(definition, at), definition.kind);
  const numbers = rows
    .map(({ id }) => id)
    .filter((id) => typeof id === "number")
    .sort((one, other) => one - other);
  // The list of hooks leaves out which headers and URL variables one has.
  return merged(await Promise.all(numbers.map((key) => readObject(connection, parent, definition, { ...at, key }))));
}

function keyOf({ key }: RemoteObject): { key?: number } {
  return key === undefined ? {} : { key };
}

async function integrations(
  connection: Connection,
  parent: Target,
  definitions: readonly Definition[],
  { includeInherited, inactive }: Scope,
): Promise<Part> {
  const bySlug = new Map(definitions.map((definition) => [slugOf(definition), definition]));
  const active = await listed(connection, apiPath(parent.scope, parent.id, "integrations"), "integration");
  const isInherited = (row: Row) => row.inherited === true;
  const slugs = (rows: readonly Row[]) => rows.map((row) => String(row.slug));
  const known = (row: Row) => bySlug.has(String(row.slug));
  const wanted = new Set(slugs(active.filter((row) => known(row) && (includeInherited || !isInherited(row)))));
  const met = new Set(slugs(active));
  const others = inactive ? definitions.filter((definition) => !met.has(slugOf(definition))) : [];
  const [seen, off] = await Promise.all([
    Promise.all(
      definitions
        .filter((definition) => wanted.has(slugOf(definition)))
        .map((definition) => readObject(connection, parent, definition, addressIn(parent))),
    ),
    Promise.all(others.map(async (definition) => (await isOff(connection, parent, definition)) && definition)),
  ]);
  const left = active.filter((row) => known(row) && !includeInherited && isInherited(row));
  return {
    ...merged(seen),
    inherited: slugs(left).flatMap((slug) => bySlug.get(slug) ?? []),
    inactive: off.filter((definition) => definition !== false),
    unsupported: slugs(active.filter((row) => !known(row))),
  };
}

type Row = Readonly<Record<string, unknown>>;

/** A list as a whole. A feature that this GitLab or its licence lacks answers 404 and counts as empty. */
async function listed(connection: Connection, where: ApiPath, what: string): Promise<Row[]> {
  const rows: Row[] = [];
  try {
    for await (const row of connection.client.list(where)) rows.push(rowOf(row, where, what));
  } catch (error) {
    if (!isNotFound(error) && !lacksCall(error)) throw error;
  }
  return rows;
}

/** Reads one object as the provider does. One that vanished meanwhile counts as never seen. */
async function readObject(
  connection: Connection,
  parent: Target | undefined,
  definition: Definition,
  at: Address,
): Promise<Part> {
  try {
    const remote = await apiFor(definition).find(connection.client, definition, at);
    return { resources: remote?.active ? [{ definition, at, parent, remote }] : [] };
  } catch (error) {
    if (lacksCall(error)) return {};
    if (definition.kind !== "hook" && definition.kind !== "integration") throw error;
    const where = parent ? `${parent.scope} ${parent.path}` : "";
    return { skipped: [{ where, what: [formatId(definition, at)], reason: reasonOf(error) }] };
  }
}

/** Whether an integration has a row that is switched off: only a look at each one tells. */
async function isOff(connection: Connection, parent: Target, definition: Definition): Promise<boolean> {
  try {
    const remote = await apiFor(definition).find(connection.client, definition, addressIn(parent));
    return remote !== undefined && !remote.active;
  } catch (error) {
    // One that this GitLab does not offer here.
    if (refusedWith(error, 400, 403) || lacksCall(error)) return false;
    throw error;
  }
}

function merged(parts: readonly Part[]): Omit<Scan, "parent"> {
  const all = <T>(of: (part: Part) => readonly T[] | undefined): T[] => parts.flatMap((part) => of(part) ?? []);
  return {
    resources: all((part) => part.resources),
    inherited: all((part) => part.inherited),
    inactive: all((part) => part.inactive),
    unsupported: all((part) => part.unsupported),
    skipped: all((part) => part.skipped),
  };
}

function addressIn({ scope, id }: Target): Address {
  return { scope, parent: String(id) };
}

function slugOf(definition: Definition): string {
  return definition.path.slice(definition.path.indexOf("/") + 1);
}
