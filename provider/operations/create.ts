import type { Parent } from "./connection";
import { className, isSlot } from "../core/definition";
import { formatId, type Address } from "../core/id";
import { HalfMadeError, ProviderError } from "../core/errors";
import type { Scope } from "../core/schema";
import type { Found } from "./api/remote-object";
import { accessOf } from "../resources/api";
import { adoptable, type Adoptable } from "./import";
import { complete, incomplete } from "./after-create";
import { marked, namesIn, withoutIncomplete, type Marks } from "./state/hidden-state";
import { keysOf, newOwner, ownOnce, resourceOf, secondOwner } from "./state/ownership/owners";
import { untilRegistered } from "./state/ownership/registrations";
import { deviations, fieldValues, observed, outputsOf } from "./state/outputs";
import { isSetUp, refusal, takeoverWarning, warnOnce } from "./existing-object";
import { createNumbered } from "./collections/create-in-collection";
import { keyIn, resolved } from "./state/references";
import { idBelow, namedParent, remember, type Subject } from "./context";
import type { Props } from "./state/request-body";
import { finished, keeping, writeOver } from "./apply-update";

/** A made or taken-over object. */
export interface Created {
  readonly id: string;
  readonly outputs: Props;
  /** Whether somebody set it up before, with the very values that it would have if it had just been made. */
  readonly isFound?: boolean | undefined;
}

/**
 * Makes the object of a resource, or takes over the one that its adoption mark names.
 *
 * @throws ProviderError when an active object is in the way that is not ours
 * @throws HalfMadeError when the object exists and a later call failed
 */
export async function create(subject: Subject, given: Props): Promise<Created> {
  const inputs = await resolved(subject, given);
  subject.connection.hasWritten = true;
  const adopted = await adoptable(subject, inputs);
  if (adopted) return takeOver(subject, adopted, inputs);
  const { definition, connection } = subject;
  if (definition.itself) return createItself(subject, definition.itself, inputs);
  // What belongs to the token's owner lives in no project and no group.
  if (definition.scopes.length === 0) return createSingle(subject, undefined, inputs);
  const named = namedParent(definition, inputs);
  if (!named) throw new ProviderError(`${className(definition)}: ${definition.scopes.join(" or ")} is required`);
  const parent = await connection.parent(named.scope, named.text);
  return isSlot(definition) ? createSingle(subject, parent, inputs) : createOneOfMany(subject, parent, inputs);
}

function marksOf(subject: Subject, inputs: Props, claimed: string, inherited: boolean): Marks {
  return {
    __managed: namesIn(inputs, "__managed"),
    __gitlab: subject.connection.settings.baseUrl,
    __claim: claimed,
    __inherited: inherited ? true : undefined,
  };
}

async function takeOver(subject: Subject, adopted: Adoptable, inputs: Props): Promise<Created> {
  const { definition } = subject;
  const { at, id, parent, found } = adopted;
  // The claim outlives a failure: the program still wants the object, so nothing else of this run may delete it.
  await untilRegistered();
  const claimed = ownOnce(subject, id, inputs);
  const last = observed(definition, found, {}, []);
  const marks = { ...marksOf(subject, inputs, claimed, found.inherited), __imported: true as const };
  return { id, outputs: await writeOver(subject, { id, at, parent, last, found }, inputs, marks) };
}

/** Makes what others live in. What GitLab takes by edits alone follows, and a failure there keeps the object. */
async function createItself(subject: Subject, scope: Scope, inputs: Props): Promise<Created> {
  const { definition, connection } = subject;
  const given = fieldValues(definition, inputs);
  const write = { given, reset: [], last: {} };
  const nothing = () => undefined;
  const found = await accessOf[definition.kind].create(connection.client, definition, {}, write, undefined, nothing);
  if (found.key !== undefined) connection.noteNew(scope, found.key);
  const at = { scope, parent: String(found.key) };
  const id = formatId(definition, at);
  const sent = found.sent ?? Object.keys(given);
  const went = Object.fromEntries(Object.entries(inputs).filter(([name]) => sent.includes(name)));
  // What went along is not sent again, whatever GitLab has made of it.
  const last = outputsOf(definition, went, found, undefined, sent);
  const marks = { ...marksOf(subject, inputs, ownOnce(subject, id, inputs), false), __incomplete: true as const };
  try {
    const existing = { id, at, parent: undefined, last, found, before: {} };
    const outputs = await writeOver(subject, existing, inputs, marks);
    remember(subject, outputs);
    return { id, outputs: withoutIncomplete(outputs) };
  } catch (error) {
    if (error instanceof HalfMadeError) throw error;
    throw incomplete(subject, id, inputs, { ...last, ...marked(marks) }, error);
  }
}

async function createSingle(subject: Subject, parent: Parent | undefined, inputs: Props): Promise<Created> {
  const { definition, connection } = subject;
  const key = keyIn(definition, inputs);
  const id = idBelow(definition, parent, key?.key);
  const keys = keysOf(subject, id, inputs);
  const at = parent ? { scope: parent.scope, parent: String(parent.id), ...key } : {};
  const found = await findUnowned(subject, id, keys, at, inputs);
  const owner = newOwner(subject, inputs);
  ownOnce(subject, id, inputs, owner);
  try {
    return await createIn(subject, { id, at, parent, found, claimed: owner.stored }, inputs);
  } catch (error) {
    if (!(error instanceof HalfMadeError)) connection.ownership.release(keys, owner.claim);
    throw error;
  }
}

/**
 * Looks what is at a place, once what other resources of the run delete there is gone.
 *
 * @throws ProviderError when what is there belongs to another resource
 */
async function findUnowned(
  subject: Subject,
  id: string,
  keys: readonly string[],
  at: Address,
  inputs: Props,
): Promise<Found | undefined> {
  const { definition, connection } = subject;
  const { ownership } = connection;
  const find = () => accessOf[definition.kind].find(connection.client, definition, at);
  await ownership.untilDeleted(keys);
  const found = await find();
  if (!found?.active) return found;
  await untilRegistered();
  const other = ownership.otherOwner(keys);
  const isOwn = other?.resource !== undefined && other.resource === resourceOf(subject, inputs);
  if (other && !isOwn) throw secondOwner(id, other.resource);
  return (await ownership.untilReplaced(keys)) ? find() : found;
}

interface Slot {
  readonly id: string;
  readonly at: Address;
  readonly parent: Parent | undefined;
  readonly found: Found | undefined;
  readonly claimed: string;
}

async function createIn(subject: Subject, { id, at, parent, found, claimed }: Slot, inputs: Props): Promise<Created> {
  const { definition, connection } = subject;
  const isFound = takesOver(subject, id, found, inputs);
  if (!found?.active && definition.installation) {
    throw new ProviderError(`${id}: GitLab's API cannot create it. ${definition.installation}`);
  }
  const last = found ? observed(definition, found, {}, []) : {};
  const write = { given: fieldValues(definition, inputs), reset: [], last };
  const marks = {
    ...marksOf(subject, inputs, claimed, found?.inherited ?? false),
    __imported: isFound ? (true as const) : undefined,
  };
  const outputs = await keeping(subject, { id, at, parent, last: {}, before: last }, inputs, marks, (wrote) =>
    accessOf[definition.kind].create(connection.client, definition, at, write, found, wrote),
  );
  return { id, outputs, isFound };
}

/**
 * Whether an active object that somebody set up is taken over: one that nothing tells from what an interrupted run left.
 *
 * @throws ProviderError when it is otherwise
 */
function takesOver(subject: Subject, id: string, found: Found | undefined, inputs: Props): boolean {
  const { definition, connection } = subject;
  if (!found || !isSetUp(definition, found)) return false;
  const names = deviations(definition, found, inputs);
  if (names.length > 0 && !connection.settings.overwriteExisting) throw new ProviderError(refusal(subject, id, names));
  // A fleet says it once, of all its entries.
  if (names.length === 0 && !subject.fleet) warnOnce(subject, takeoverWarning(definition, id, inputs));
  return names.length === 0;
}

async function createOneOfMany(subject: Subject, parent: Parent, inputs: Props): Promise<Created> {
  const { definition } = subject;
  const { found, claimed, isFound, unfinished } = await createNumbered(subject, parent, inputs);
  const id = idBelow(definition, parent, found.key);
  const at = { scope: parent.scope, parent: String(parent.id), key: found.key ?? 0 };
  const marks = marksOf(subject, inputs, claimed, false);
  if (unfinished !== undefined) {
    throw incomplete(
      subject,
      id,
      inputs,
      { ...outputsOf(definition, inputs, found, parent), ...marked(marks) },
      unfinished,
    );
  }
  const outputs = finished(subject, { id, at, parent, last: {} }, inputs, found, marks);
  if (!isFound) await complete(subject, { id, at }, inputs, outputs);
  return { id, outputs, isFound };
}
