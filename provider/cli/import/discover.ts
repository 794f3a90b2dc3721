import { isNotFound, lacksCall, path, refusedWith, under, type ApiPath } from "../../client";
import { formatId, type Address } from "../../core/id";
import type { Connection, Parent } from "../../operations/connection";
import { className, type Definition, type Kind } from "../../core/definition";
import { definitionsByName } from "../../resources/definitions";
import { rowOf } from "../../functions/responses";
import type { RemoteObject } from "../../operations/api/remote-object";
import { apiFor } from "../../resources/api";
import type { Family } from "./options";
import { reasonOf, type Skipped } from "./skipped";

/** An object on GitLab that a resource can manage. */
export interface RemoteResource {
  readonly definition: Definition;
  readonly at: Address;
  readonly parent: Parent | undefined;
  readonly remote: RemoteObject;
}

/** What one project or group holds. */
export interface Scan {
  /** Undefined for the owner of the token. */
  readonly parent: Parent | undefined;
  readonly sightings: readonly RemoteResource[];
  /** Integrations that inherit and are left to the group above, by class. */
  readonly inherited: readonly string[];
  /** Integrations that are set up and switched off, by class. */
  readonly inactive: readonly string[];
  /** Active integrations that this package has no class for, by GitLab's name. */
  readonly foreign: readonly string[];
  readonly skipped: readonly Skipped[];
}

/** What to look for. */
export interface Scope {
  readonly only: readonly Family[];
  readonly includeInherited: boolean;
  readonly inactive: boolean;
}

const kinds: Readonly<Record<Family, Kind>> = {
  hooks: "hook",
  integrations: "integration",
  "push-rules": "pushRule",
  notifications: "notification",
};

interface Part {
  readonly sightings: readonly RemoteResource[];
  readonly inherited?: readonly string[];
  readonly inactive?: readonly string[];
  readonly foreign?: readonly string[];
  readonly skipped?: readonly Skipped[];
}

/**
 * Looks for everything that `scope` asks for in one project or group, or for what belongs to the token's owner.
 *
 * @throws what the client throws when GitLab cannot be reached or does not accept the token
 */
export async function scan(connection: Connection, parent: Parent | undefined, scope: Scope): Promise<Scan> {
  const parts = await Promise.all(scope.only.map((family) => scanFamily(connection, parent, family, scope)));
  const all = <T>(of: (part: Part) => readonly T[] | undefined): T[] => parts.flatMap((part) => of(part) ?? []);
  return {
    parent,
    sightings: all((part) => part.sightings),
    inherited: all((part) => part.inherited),
    inactive: all((part) => part.inactive),
    foreign: all((part) => part.foreign),
    skipped: all((part) => part.skipped),
  };
}

async function scanFamily(
  connection: Connection,
  parent: Parent | undefined,
  family: Family,
  scope: Scope,
): Promise<Part> {
  const definitions = [...definitionsByName().values()].filter(
    (definition) =>
      definition.kind === kinds[family] &&
      (parent ? definition.scopes.includes(parent.scope) : definition.scopes.length === 0),
  );
  try {
    if (family === "integrations" && parent) return await integrations(connection, parent, definitions, scope);
    const parts = await Promise.all(
      definitions.map((definition) =>
        definition.kind === "hook" && parent
          ? hooks(connection, parent, definition)
          : single(connection, parent, definition),
      ),
    );
    return { sightings: parts.flatMap((part) => part.sightings), skipped: parts.flatMap((part) => part.skipped ?? []) };
  } catch (error) {
    const where = parent ? `${parent.scope} ${parent.path}` : "the token's owner";
    return { sightings: [], skipped: [{ where, what: [family], reason: reasonOf(error) }] };
  }
}

async function hooks(connection: Connection, parent: Parent, definition: Definition): Promise<Part> {
  const keys: number[] = [];
  for (const hook of await listed(connection, under(rootOf(parent), path`/hooks`), "hook")) {
    if (typeof hook.id === "number") keys.push(hook.id);
  }
  // The list leaves out which headers and URL variables a hook has.
  const seen = await Promise.all(
    keys.sort((a, b) => a - b).map((key) => look(connection, parent, definition, { ...addressIn(parent), key })),
  );
  return merged(seen);
}

/** An object of which a parent has at most one. */
async function single(connection: Connection, parent: Parent | undefined, definition: Definition): Promise<Part> {
  return look(connection, parent, definition, parent ? addressIn(parent) : {});
}

async function integrations(
  connection: Connection,
  parent: Parent,
  definitions: readonly Definition[],
  { includeInherited, inactive }: Scope,
): Promise<Part> {
  const bySlug = new Map(definitions.map((definition) => [slugOf(definition), definition]));
  const active = await listed(connection, under(rootOf(parent), path`/integrations`), "integration");
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
        .map((definition) => look(connection, parent, definition, addressIn(parent))),
    ),
    Promise.all(others.map(async (definition) => (await isOff(connection, parent, definition)) && definition)),
  ]);
  const left = active.filter((row) => known(row) && !includeInherited && isInherited(row));
  return {
    ...merged(seen),
    inherited: slugs(left).map((slug) => className(bySlug.get(slug) ?? { name: slug })),
    inactive: off.filter((definition) => definition !== false).map(className),
    foreign: slugs(active.filter((row) => !known(row))),
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
async function look(
  connection: Connection,
  parent: Parent | undefined,
  definition: Definition,
  at: Address,
): Promise<Part> {
  try {
    const remote = await apiFor(definition).find(connection.client, definition, at);
    return { sightings: remote?.active ? [{ definition, at, parent, remote }] : [] };
  } catch (error) {
    if (lacksCall(error)) return { sightings: [] };
    if (definition.kind !== "hook" && definition.kind !== "integration") throw error;
    const where = parent ? `${parent.scope} ${parent.path}` : "";
    return { sightings: [], skipped: [{ where, what: [formatId(definition, at)], reason: reasonOf(error) }] };
  }
}

/** Whether an integration has a row that is switched off: only a look at each one tells. */
async function isOff(connection: Connection, parent: Parent, definition: Definition): Promise<boolean> {
  try {
    const remote = await apiFor(definition).find(connection.client, definition, addressIn(parent));
    return remote !== undefined && !remote.active;
  } catch (error) {
    // One that this GitLab does not offer here.
    if (refusedWith(error, 400, 403) || lacksCall(error)) return false;
    throw error;
  }
}

function merged(parts: readonly Part[]): Pick<Part, "sightings" | "skipped"> {
  return {
    sightings: parts.flatMap((part) => part.sightings),
    skipped: parts.flatMap((part) => part.skipped ?? []),
  };
}

function rootOf({ scope, id }: Parent): ApiPath {
  return scope === "project" ? path`/projects/${id}` : path`/groups/${id}`;
}

function addressIn({ scope, id }: Parent): Address {
  return { scope, parent: String(id) };
}

function slugOf(definition: Definition): string {
  return definition.path.slice(definition.path.indexOf("/") + 1);
}
