import { randomUUID } from "node:crypto";
import { parseId, type Address, entryPath } from "../../../core/id";
import { isSlot, type Definition } from "../../../core/definition";
import { ProviderError } from "../../../core/errors";
import type { Scope } from "../../../core/schema";
import { isObject } from "../../../core/json";
import { unknownValue } from "../../../core/unknown";
import { textIn } from "../hidden-state";
import { keyTextIn, referencesOf } from "../references";
import { knownParent, namedParent, scopeOf, type OperationContext } from "../../context";
import type { Props } from "../request-body";
import type { Owner } from "./record";

/** The object of a resource, as far as the ownership of it is concerned. */
export type Owned = Pick<OperationContext, "definition" | "connection" | "fleet">;

/**
 * The keys of an object: its ID, and the ID with paths in place of numbers as far as they are known, on each address that
 * this GitLab has or had.
 *
 * @param props arguments or outputs that tell paths
 */
export function keysOf({ definition, connection }: Owned, id: string, props: Props): readonly string[] {
  const at = parseId(definition, id);
  if (!at) return withAddresses(connection, [id.toLowerCase()]);
  const known = knownParent(definition.parentKind ? { scopes: [definition.parentKind] } : definition, props);
  const parents = at.parent === undefined ? [undefined] : [at.parent, ...(known ? [String(known.id), known.path] : [])];
  const own = at.key === undefined ? [undefined] : [String(at.key), ...keyPaths(definition, props)];
  return withAddresses(connection, forms(definition, at.scope, parents, own));
}

/**
 * The keys of the object that arguments name, without asking GitLab.
 *
 * @returns an empty list where the arguments do not tell, or several resources can have the same arguments
 */
export function keysNamed({ definition, connection }: Owned, inputs: Props): readonly string[] {
  const mark = textIn(inputs, "__import");
  if (mark !== undefined && mark !== unknownValue) {
    const at: Address | undefined = parseId(definition, mark, scopeOf(definition, inputs));
    if (!at) return [];
    const own = at.key === undefined ? undefined : String(at.key);
    return withAddresses(connection, forms(definition, at.scope, [at.parent], [own]));
  }
  if (definition.parentKind || !isSlot(definition)) return [];
  if (definition.scopes.length === 0) return withAddresses(connection, [definition.path]);
  const named = namedParent(definition, inputs);
  if (!named || named.text === unknownValue) return [];
  const key = keyTextIn(definition, inputs);
  if (key === undefined && definition.idFromArgument !== undefined) return [];
  return withAddresses(connection, forms(definition, named.scope, [named.text], [key]));
}

function forms(
  definition: Definition,
  scope: Scope | undefined,
  parents: readonly (string | undefined)[],
  own: readonly (string | undefined)[],
): string[] {
  const below = own.map((key) => (definition.parentKind ? "" : definition.path.replace(":id", key ?? "")));
  return parents.flatMap((parent) => below.map((path) => `${scope ?? ""}/${parent ?? ""}/${path}`.toLowerCase()));
}

function withAddresses({ settings }: Owned["connection"], ids: readonly string[]): readonly string[] {
  const unique = [...new Set(ids)];
  return [settings.baseUrl, ...settings.formerBaseUrls].flatMap((address) => unique.map((id) => `${address} ${id}`));
}

/** The path of what gives an object its number, where outputs have it. */
function keyPaths(definition: Definition, props: Props): string[] {
  const keyed = referencesOf(definition).find(({ info }) => info.name === definition.idFromArgument);
  const path = keyed && props[keyed.names.path];
  return typeof path === "string" ? [path] : [];
}

/** The owner that a resource is to its object, by the claim in its outputs. */
export function ownerIn(subject: Owned, outputs: Props, inputs: Props = {}): Owner {
  return { claim: claimOf(subject, textIn(outputs, "__claim") ?? ""), resource: resourceOf(subject, inputs) };
}

/** The owner that a resource becomes with a new object. */
export function newOwner(subject: Owned, inputs: Props): Owner & { readonly stored: string } {
  const stored = subject.fleet?.claim ?? randomUUID();
  return { claim: claimOf(subject, stored), resource: resourceOf(subject, inputs), stored };
}

/** The entries of a fleet share one text in state, and each has a claim of its own. */
function claimOf({ fleet }: Owned, stored: string): string {
  return fleet ? `${fleet.claim} ${fleet.key ?? ""}` : stored;
}

/** How messages name the resource of these arguments. */
export function resourceOf({ fleet }: Owned, inputs: Props): string | undefined {
  if (fleet) return fleet.key === undefined ? fleet.resource : `${fleet.resource ?? "a Fleet"} ${entryPath(fleet.key)}`;
  return textIn(inputs, "__resource");
}

/** Says that an object has an owner already. */
export function secondOwner(id: string, resource: string | undefined): ProviderError {
  return new ProviderError(
    `${id} is already managed by ${resource ?? "another resource"} of this program. One object can belong to one resource ` +
      "only: remove one of the two from the program. The object stays on GitLab.",
  );
}

/**
 * Makes a resource the owner of an object that it makes or takes over.
 *
 * @returns the claim that its outputs keep
 * @throws ProviderError when another resource of this run owns it
 */
export function ownOnce(subject: Owned, id: string, inputs: Props, owner = newOwner(subject, inputs)): string {
  const other = subject.connection.ownership.own(keysOf(subject, id, inputs), owner);
  subject.connection.met.add(id);
  if (other) throw secondOwner(id, other.resource);
  return owner.stored;
}

/**
 * Makes a resource the owner of the object that state has for it.
 *
 * @throws ProviderError when another resource of this run owns it, or is to have it
 */
export function ownInState(subject: Owned, id: string, olds: Props, news: Props): void {
  const { ownership } = subject.connection;
  const keys = keysOf(subject, id, olds);
  const owner = ownerIn(subject, olds, news);
  const other = ownership.own(keys, owner);
  if (other) throw secondOwner(id, other.resource);
  if (owner.resource === undefined) return;
  const intent = ownership.otherIntent(keys, owner.resource);
  if (intent !== undefined && !isOfFleet(subject, intent)) throw secondOwner(id, `${owner.resource} and ${intent}`);
}

/**
 * Notes which objects a new resource is to have.
 *
 * @returns why it cannot have them: each of an object that another resource owns or is to have
 */
export function noteIntent(subject: Owned, inputs: Props): string[] {
  const resource = resourceOf(subject, inputs);
  const keys = keysNamed(subject, inputs);
  if (resource === undefined || keys.length === 0) return [];
  const { ownership } = subject.connection;
  if (ownership.isSpent(keys, resource)) return [];
  ownership.intend(keys, resource);
  const owner = ownership.otherOwner(keys);
  const other = owner && owner.resource !== resource ? (owner.resource ?? "another resource") : undefined;
  const intent = other ?? ownership.otherIntent(keys, resource);
  if (intent === undefined || isOfFleet(subject, intent)) return [];
  const id = (keys[0] ?? "")
    .replace(/^\S+ (project|group)\//, "$1s/")
    .replace(/^\S+ /, "")
    .replace(/\/$/, "");
  return [secondOwner(id, intent).message];
}

/** Whether a resource is an entry of the same fleet: a new key can be that of an entry which is there under another. */
function isOfFleet({ fleet }: Owned, resource: string): boolean {
  return fleet !== undefined && resource.startsWith(`${fleet.resource ?? "a Fleet"} entries[`);
}

/** Notes the same for every new entry of a fleet. */
export function noteIntents(subject: Owned, olds: Props, news: Props): string[] {
  const before = isObject(olds.entries) ? olds.entries : {};
  const entries = Object.entries(isObject(news.entries) ? news.entries : {});
  const resource = textIn(news, "__resource");
  return entries.flatMap(([key, args]) => {
    if (!isObject(args) || key in before) return [];
    return noteIntent({ ...subject, fleet: { claim: "", key, resource } }, args);
  });
}
