import { notFound } from "../client";
import { formatId, idForms, parseId, type Address } from "../core/id";
import type { Found } from "./api/remote-object";
import { accessOf } from "../resources/api";
import { className, type Definition } from "../core/definition";
import { ProviderError } from "../core/errors";
import { differences } from "./state/outputs";
import { textIn } from "./state/hidden-state";
import { keysOf, resourceOf } from "./state/ownership/owners";
import { keyIn, resolved } from "./state/references";
import { namedParent, scopeOf, type Subject } from "./context";
import type { Parent } from "./connection";
import { shortened } from "../core/truncate";
import { unknownValue } from "../core/unknown";
import type { Props } from "./state/request-body";

/** The existing object that a mark names. */
export interface Adoptable {
  readonly at: Address;
  readonly id: string;
  readonly parent: Parent | undefined;
  readonly found: Found;
}

/**
 * Finds the object that the adoption mark of `inputs` names.
 *
 * @returns undefined without a mark, or when its mark is spent: then a new object is made
 * @throws ProviderError when nothing is there, or it belongs to another project or group than the arguments say
 */
export async function adoptable(subject: Subject, inputs: Props): Promise<Adoptable | undefined> {
  const { definition, connection } = subject;
  const mark = textIn(inputs, "__import");
  if (mark === undefined || mark === unknownValue) return undefined;
  const at = parseId(definition, mark, scopeOf(definition, inputs));
  if (!at) {
    throw new ProviderError(
      `import: "${shortened(mark)}" is no ID of ${className(definition)}. Accepted: ${idForms(definition)}.`,
    );
  }
  const parent = await parentOf(subject, at, mark);
  const exact = parent ? { ...at, parent: String(parent.id) } : at;
  const id = formatId(definition, exact);
  const keys = keysOf(subject, id, inputs);
  await connection.ownership.untilDeleted(keys);
  if (connection.ownership.isSpent(keys, resourceOf(subject, inputs))) return undefined;
  await requireSameParent(subject, inputs, parent, mark);
  requireSameKey(definition, inputs, at, mark);
  const found = await accessOf[definition.kind].find(connection.client, definition, exact);
  if (!found?.active) throw nothingAt(mark, found?.absence);
  return { at: exact, id, parent, found };
}

function nothingAt(mark: string, absence = "or the token cannot see it."): ProviderError {
  return new ProviderError(`import: nothing is at ${mark}, ${absence} Remove the import option to make a new one.`);
}

async function parentOf(subject: Subject, at: Address, mark: string): Promise<Parent | undefined> {
  if (at.scope === undefined || at.parent === undefined) return undefined;
  const parent = await subject.connection.parent(at.scope, at.parent).catch(notFound);
  if (!parent) throw nothingAt(mark);
  const isPath = !/^\d+$/.test(at.parent);
  // GitLab leads on from former paths, but another project may be meant, which has the path no more.
  if (subject.definition.itself && isPath && at.parent.toLowerCase() !== parent.path.toLowerCase()) {
    throw new ProviderError(
      `import: ${mark} has moved to ${parent.path} (${parent.scope}s/${parent.id}). Give the path or the number that it has.`,
    );
  }
  return parent;
}

async function requireSameParent(
  subject: Subject,
  inputs: Props,
  parent: Parent | undefined,
  mark: string,
): Promise<void> {
  const named = namedParent(subject.definition, inputs);
  if (!named || !parent || named.text === unknownValue) return;
  const wanted = await subject.connection.parent(named.scope, named.text).catch(notFound);
  if (wanted?.scope === parent.scope && wanted.id === parent.id) return;
  throw new ProviderError(
    `import: ${mark} belongs to ${parent.scope} ${parent.path}, but the argument ${named.scope} is ${named.text}. ` +
      "Give the one that the object lives in.",
  );
}

/** @throws ProviderError when the arguments give the object another number than the mark does */
function requireSameKey(definition: Definition, inputs: Props, at: Address, mark: string): void {
  const wanted = keyIn(definition, inputs)?.key;
  if (wanted === undefined || wanted === at.key) return;
  throw new ProviderError(
    `import: ${mark} ends in ${at.key}, but the argument ${definition.keyedBy} names ${wanted}. Give the one that it has.`,
  );
}

/** What a preview says of an adoption: what will be taken over, and which fields change with it. */
export async function announceAdoption(subject: Subject, given: Props): Promise<void> {
  const inputs = await resolved(subject, given);
  const adopted = await adoptable(subject, inputs);
  if (!adopted) return;
  const changing = differences(subject.definition, adopted.found, inputs);
  const effect = changing.length > 0 ? `changing ${changing.join(", ")}` : "changing nothing that GitLab shows";
  const stops = adopted.found.inherited && inputs.useInheritedSettings !== true ? " It stops inheriting." : "";
  subject.say("info", `${className(subject.definition)} will take over ${adopted.id}, ${effect}.${stops}`);
}
