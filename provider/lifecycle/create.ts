import type { Parent } from "../connection";
import { className, isSlot } from "../definition";
import { formatId } from "../address";
import { HalfMadeError, ProviderError } from "../errors";
import type { Scope } from "../fields";
import { accessOf, type Found } from "./access";
import { adoptable, type Adoptable } from "./adopt";
import { complete, incomplete } from "./complete";
import { claim, marked, namesIn, withoutIncomplete, type Marks } from "./marks";
import { differences, fieldValues, observed, outputsOf } from "./outputs";
import { createNumbered } from "./numbered";
import { keyIn, resolved } from "./references";
import { idBelow, namedParent, remember, type Subject } from "./subject";
import type { Props } from "./values";
import { finished, keeping, writeOver } from "./write";

/** A made or taken-over object. */
export interface Created {
  readonly id: string;
  readonly outputs: Props;
  /** Whether it was there before, with the very values that the program gives. */
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
  const claimed = claimOnce(subject, id);
  const last = observed(definition, found, {}, []);
  const marks = marksOf(subject, inputs, claimed, found.inherited);
  return { id, outputs: await writeOver(subject, { id, at, parent, last, found }, inputs, marks) };
}

/** @throws ProviderError when another create of this run was first */
function claimOnce({ connection, fleet }: Subject, id: string): string {
  if (!connection.claims.has(id)) return claim(connection, id, fleet?.claim);
  throw new ProviderError(`another resource of this program has just made or taken over ${id}: remove one of the two.`);
}

/** Makes what others live in. What GitLab takes by edits alone follows, and a failure there keeps the object. */
async function createItself(subject: Subject, scope: Scope, inputs: Props): Promise<Created> {
  const { definition, connection } = subject;
  const given = fieldValues(definition, inputs);
  const write = { given, reset: [], last: {} };
  const nothing = () => undefined;
  const found = await accessOf[definition.kind].create(connection.client, definition, {}, write, undefined, nothing);
  const at = { scope, parent: String(found.key) };
  const id = formatId(definition, at);
  const sent = found.sent ?? Object.keys(given);
  const went = Object.fromEntries(Object.entries(inputs).filter(([name]) => sent.includes(name)));
  // What went along is not sent again, whatever GitLab has made of it.
  const last = outputsOf(definition, went, found, undefined, sent);
  const marks = { ...marksOf(subject, inputs, claimOnce(subject, id), false), __incomplete: true as const };
  try {
    const outputs = await writeOver(subject, { id, at, parent: undefined, last, found }, inputs, marks);
    remember(subject, outputs);
    return { id, outputs: withoutIncomplete(outputs) };
  } catch (error) {
    if (error instanceof HalfMadeError) throw error;
    throw incomplete(subject, id, inputs, { ...last, ...marked(marks) }, error);
  }
}

async function createSingle(subject: Subject, parent: Parent | undefined, inputs: Props): Promise<Created> {
  const id = idBelow(subject.definition, parent, keyIn(subject.definition, inputs)?.key);
  const claimed = claimOnce(subject, id);
  // What another resource lets go of in this run is to be gone before it is looked for.
  await subject.connection.leaving.get(id);
  try {
    return await createIn(subject, id, parent, inputs, claimed);
  } catch (error) {
    if (!(error instanceof HalfMadeError)) subject.connection.claims.delete(id);
    throw error;
  }
}

async function createIn(
  subject: Subject,
  id: string,
  parent: Parent | undefined,
  inputs: Props,
  claimed: string,
): Promise<Created> {
  const { definition, connection } = subject;
  const access = accessOf[definition.kind];
  const at = parent ? { scope: parent.scope, parent: String(parent.id), ...keyIn(definition, inputs) } : {};
  const found = await access.find(connection.client, definition, at);
  const isFound = found?.active === true && differences(definition, found, inputs).length === 0;
  if (!isFound) requireOurs(subject, id, found, inputs);
  if (!found?.active && definition.installation) {
    throw new ProviderError(`${id}: GitLab's API cannot create it. ${definition.installation}`);
  }
  const last = found ? observed(definition, found, {}, []) : {};
  const write = { given: fieldValues(definition, inputs), reset: [], last };
  const marks = marksOf(subject, inputs, claimed, found?.inherited ?? false);
  const outputs = await keeping(subject, { id, at, parent, last: {} }, inputs, marks, (wrote) =>
    access.create(connection.client, definition, at, write, found, wrote),
  );
  return { id, outputs, isFound };
}

/** What is active and differs was set up by somebody, unless GitLab makes such objects by itself. */
function requireOurs(subject: Subject, id: string, found: Found | undefined, inputs: Props): void {
  const { definition, connection } = subject;
  if (!found?.active || accessOf[definition.kind].isSetUp?.(found) !== true) return;
  if (connection.settings.overwriteExisting) return;
  const wayOut = subject.fleet
    ? `manage it by a ${className(definition)} of its own with { import: "${id}" } first, and move that into the fleet`
    : `add { import: "${id}" } to the options of this resource`;
  throw new ProviderError(
    `${id} is active already and differs in ${differences(definition, found, inputs).join(", ")}. To take it over, ` +
      `${wayOut}; to overwrite whatever is there, set gitlab:overwriteExisting to true.`,
  );
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
