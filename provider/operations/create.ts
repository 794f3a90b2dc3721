import type { Parent } from "./connection";
import { className, isSlot } from "../core/definition";
import { formatId, type Address } from "../core/id";
import { PartialFailureError, ProviderError } from "../core/errors";
import type { Scope } from "../core/schema";
import type { RemoteObject } from "./api/remote-object";
import { importable, type Importable } from "./import";
import { afterCreate, incomplete } from "./after-create";
import { toHiddenState, namesIn, withoutIncomplete, type HiddenState } from "./state/hidden-state";
import { keysOf, newOwner, ownOnce, resourceOf, secondOwner } from "./state/ownership/owners";
import { untilRegistered } from "./state/ownership/registrations";
import { deviations, fieldValues, needsWrite, readField, outputsOf } from "./state/outputs";
import { isSetUp, refusal, takeoverWarning, warnOnce } from "./existing-object";
import type { NamedPlace } from "./collections/collection-cache";
import { createInCollection } from "./collections/create-in-collection";
import { takeSeen } from "./seen-slots";
import { keyIn, resolved } from "./state/references";
import { idBelow, namedParent, remember, type OperationContext } from "./context";
import type { Props } from "./state/request-body";
import { applyUpdate, finished, persistPartial, type Existing } from "./apply-update";

/** A made or taken-over object. */
export interface CreatedResource {
  readonly id: string;
  readonly outputs: Props;
  /** Whether somebody set it up before, with the very values that it would have if it had just been made. */
  readonly isFound?: boolean | undefined;
}

/**
 * Makes the object of a resource, or takes over the one that its adoption mark names.
 *
 * @throws ProviderError when an active object is in the way that is not ours
 * @throws PartialFailureError when the object exists and a later call failed
 */
export async function create(context: OperationContext, given: Props): Promise<CreatedResource> {
  const inputs = await resolved(context, given);
  context.connection.hasWritten = true;
  const adopted = await importable(context, inputs);
  if (adopted) return importExisting(context, adopted, inputs);
  const { definition, connection } = context;
  if (definition.parentKind) return createItself(context, definition.parentKind, inputs);
  // What belongs to the token's owner lives in no project and no group.
  if (definition.scopes.length === 0) return createSingle(context, undefined, inputs);
  const named = namedParent(definition, inputs);
  if (!named) throw new ProviderError(`${className(definition)}: ${definition.scopes.join(" or ")} is required`);
  if (isSlot(definition)) return createSingle(context, await connection.parent(named.scope, named.text), inputs);
  // The first answer tells the number, and a path is all that a request needs. A fleet has looked up many together.
  const isNamed = !context.fleet && definition.namesParent === true && !/^\d+$/.test(named.text);
  const isUnknown = isNamed && !connection.isKnown(named.scope, named.text);
  return createOneOfMany(context, isUnknown ? named : await connection.parent(named.scope, named.text), inputs);
}

function marksOf(context: OperationContext, inputs: Props, claimed: string, inherited: boolean): HiddenState {
  return {
    __managed: namesIn(inputs, "__managed"),
    __gitlab: context.connection.settings.baseUrl,
    __claim: claimed,
    __inherited: inherited ? true : undefined,
  };
}

async function importExisting(context: OperationContext, adopted: Importable, inputs: Props): Promise<CreatedResource> {
  const { definition } = context;
  const { at, id, parent, remote } = adopted;
  // The claim outlives a failure: the program still wants the object, so nothing else of this run may delete it.
  await untilRegistered();
  const claimed = ownOnce(context, id, inputs);
  const last = readField(definition, remote, {}, []);
  const marks = { ...marksOf(context, inputs, claimed, remote.inherited), __imported: true as const };
  const existing: Existing = { id, at, parent, last, remote };
  if (!needsWrite(definition, remote, inputs))
    return { id, outputs: finished(context, existing, inputs, remote, marks) };
  return { id, outputs: await applyUpdate(context, existing, inputs, marks) };
}

/** Makes what others live in. What GitLab takes by edits alone follows, and a failure there keeps the object. */
async function createItself(context: OperationContext, scope: Scope, inputs: Props): Promise<CreatedResource> {
  const { api, definition, connection } = context;
  const given = fieldValues(definition, inputs);
  const write = { given, reset: [], last: {} };
  const nothing = () => undefined;
  const remote = await api.create(connection.client, definition, {}, write, undefined, nothing);
  if (remote.key !== undefined) connection.noteNew(scope, remote.key);
  const at = { scope, parent: String(remote.key) };
  const id = formatId(definition, at);
  const sent = remote.sent ?? Object.keys(given);
  const went = Object.fromEntries(Object.entries(inputs).filter(([name]) => sent.includes(name)));
  // What went along is not sent again, whatever GitLab has made of it.
  const last = outputsOf(definition, went, remote, undefined, sent);
  const marks = { ...marksOf(context, inputs, ownOnce(context, id, inputs), false), __incomplete: true as const };
  try {
    const existing: Existing = { id, at, parent: undefined, last, remote, before: {} };
    const outputs = await applyUpdate(context, existing, inputs, marks);
    remember(context, outputs);
    return { id, outputs: withoutIncomplete(outputs) };
  } catch (error) {
    if (error instanceof PartialFailureError) throw error;
    throw incomplete(context, id, inputs, { ...last, ...toHiddenState(marks) }, error);
  }
}

async function createSingle(
  context: OperationContext,
  parent: Parent | undefined,
  inputs: Props,
): Promise<CreatedResource> {
  const { definition, connection } = context;
  const key = keyIn(definition, inputs);
  const id = idBelow(definition, parent, key?.key);
  const keys = keysOf(context, id, inputs);
  const at = parent ? { scope: parent.scope, parent: String(parent.id), ...key } : {};
  const remote = await findUnowned(context, id, keys, at, inputs);
  const owner = newOwner(context, inputs);
  ownOnce(context, id, inputs, owner);
  try {
    return await createIn(context, { id, at, parent, remote, claimed: owner.stored }, inputs);
  } catch (error) {
    if (!(error instanceof PartialFailureError)) connection.ownership.release(keys, owner.claim);
    throw error;
  }
}

/**
 * Looks what is at a place, once what other resources of the run delete there is gone.
 *
 * @throws ProviderError when what is there belongs to another resource
 */
async function findUnowned(
  context: OperationContext,
  id: string,
  keys: readonly string[],
  at: Address,
  inputs: Props,
): Promise<RemoteObject | undefined> {
  const { api, definition, connection } = context;
  const { ownership } = connection;
  const find = () => api.find(connection.client, definition, at);
  const seen = takeSeen(connection, id);
  const isUntouched = seen !== undefined && !ownership.isKnown(keys);
  await ownership.untilDeleted(keys);
  const remote = isUntouched ? seen.remote : await find();
  if (!remote?.active) return remote;
  await untilRegistered();
  const other = ownership.otherOwner(keys);
  const isOwn = other?.resource !== undefined && other.resource === resourceOf(context, inputs);
  if (other && !isOwn) throw secondOwner(id, other.resource);
  return (await ownership.untilReplaced(keys)) ? find() : remote;
}

interface Slot {
  readonly id: string;
  readonly at: Address;
  readonly parent: Parent | undefined;
  readonly remote: RemoteObject | undefined;
  readonly claimed: string;
}

async function createIn(
  context: OperationContext,
  { id, at, parent, remote, claimed }: Slot,
  inputs: Props,
): Promise<CreatedResource> {
  const { api, definition, connection } = context;
  const isFound = takesOver(context, id, remote, inputs);
  if (!remote?.active && definition.installation) {
    throw new ProviderError(`${id}: GitLab's API cannot create it. ${definition.installation}`);
  }
  const last = remote ? readField(definition, remote, {}, []) : {};
  const write = { given: fieldValues(definition, inputs), reset: [], last };
  const marks = {
    ...marksOf(context, inputs, claimed, remote?.inherited ?? false),
    __imported: isFound ? (true as const) : undefined,
  };
  const existing: Existing = { id, at, parent, last: {}, before: last };
  if (remote?.active && !needsWrite(definition, remote, inputs)) {
    return { id, outputs: finished(context, existing, inputs, remote, marks), isFound };
  }
  const outputs = await persistPartial(context, existing, inputs, marks, (wrote) =>
    api.create(connection.client, definition, at, write, remote, wrote),
  );
  return { id, outputs, isFound };
}

/**
 * Whether an active object that somebody set up is taken over: one that nothing tells from what an interrupted run left.
 *
 * @throws ProviderError when it is otherwise
 */
function takesOver(context: OperationContext, id: string, remote: RemoteObject | undefined, inputs: Props): boolean {
  const { definition, connection } = context;
  if (!remote || !isSetUp(context, remote)) return false;
  const names = deviations(definition, remote, inputs);
  if (names.length > 0 && !connection.settings.overwriteExisting) throw new ProviderError(refusal(context, id, names));
  // A fleet says it once, of all its entries.
  if (names.length === 0 && !context.fleet) warnOnce(context, takeoverWarning(definition, id, inputs));
  return names.length === 0;
}

async function createOneOfMany(
  context: OperationContext,
  place: Parent | NamedPlace,
  inputs: Props,
): Promise<CreatedResource> {
  const { definition } = context;
  const { remote, parent, claimed, isFound, unfinished } = await createInCollection(context, place, inputs);
  const id = idBelow(definition, parent, remote.key);
  const at = { scope: parent.scope, parent: String(parent.id), key: remote.key ?? 0 };
  const marks = marksOf(context, inputs, claimed, false);
  if (unfinished !== undefined) {
    throw incomplete(
      context,
      id,
      inputs,
      { ...outputsOf(definition, inputs, remote, parent), ...toHiddenState(marks) },
      unfinished,
    );
  }
  const outputs = finished(context, { id, at, parent, last: {} }, inputs, remote, marks);
  if (!isFound) await afterCreate(context, { id, at }, inputs, outputs);
  return { id, outputs, isFound };
}
