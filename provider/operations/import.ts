import { notFound } from "../client";
import { formatId, idProblem, parseId, type Address } from "../core/id";
import type { RemoteObject } from "./api/remote-object";
import type { Definition } from "../core/definition";
import { ProviderError } from "../core/errors";
import { takeoverNotice } from "./existing-object";
import { textIn } from "./state/hidden-state";
import { keysOf, resourceOf } from "./state/ownership/owners";
import { keyIn, resolved } from "./state/references";
import { namedParent, scopeOf, type OperationContext } from "./context";
import type { Parent } from "./connection";
import { unknownValue } from "../core/unknown";
import type { Props } from "./state/request-body";

/** The existing object that a mark names. */
export interface Importable {
  readonly at: Address;
  readonly id: string;
  readonly parent: Parent | undefined;
  readonly remote: RemoteObject;
}

/**
 * Finds the object that the adoption mark of `inputs` names.
 *
 * @returns undefined without a mark, or when its mark is spent: then a new object is made
 * @throws ProviderError when nothing is there, or it belongs to another project or group than the arguments say
 */
export async function importable(context: OperationContext, inputs: Props): Promise<Importable | undefined> {
  const { api, definition, connection } = context;
  const mark = textIn(inputs, "__import");
  if (mark === undefined || mark === unknownValue) return undefined;
  const at = parseId(definition, mark, scopeOf(definition, inputs));
  if (!at) throw new ProviderError(`import: ${idProblem(definition, mark)}`);
  const parent = await parentOf(context, at, mark);
  const exact = parent ? { ...at, parent: String(parent.id) } : at;
  const id = formatId(definition, exact);
  const keys = keysOf(context, id, inputs);
  await connection.ownership.untilDeleted(keys);
  if (connection.ownership.isSpent(keys, resourceOf(context, inputs))) return undefined;
  await requireSameParent(context, inputs, parent, mark);
  requireSameKey(definition, inputs, at, mark);
  const remote = await api.find(connection.client, definition, exact);
  if (!remote?.active) throw nothingAt(mark, remote?.absence);
  return { at: exact, id, parent, remote };
}

function nothingAt(mark: string, absence = "or the token cannot see it."): ProviderError {
  return new ProviderError(`import: ${mark} does not exist, ${absence} Remove the import option to create a new one.`);
}

async function parentOf(context: OperationContext, at: Address, mark: string): Promise<Parent | undefined> {
  if (at.scope === undefined || at.parent === undefined) return undefined;
  const parent = await context.connection.parent(at.scope, at.parent).catch(notFound);
  if (!parent) throw nothingAt(mark);
  const isPath = !/^\d+$/.test(at.parent);
  // GitLab leads on from former paths, but another project may be meant, which has the path no more.
  if (context.definition.parentKind && isPath && at.parent.toLowerCase() !== parent.path.toLowerCase()) {
    throw new ProviderError(
      `import: ${mark} has moved to ${parent.path} (${parent.scope}s/${parent.id}). Give the path or the number that it has.`,
    );
  }
  return parent;
}

async function requireSameParent(
  context: OperationContext,
  inputs: Props,
  parent: Parent | undefined,
  mark: string,
): Promise<void> {
  const named = namedParent(context.definition, inputs);
  if (!named || !parent || named.text === unknownValue) return;
  const wanted = await context.connection.parent(named.scope, named.text).catch(notFound);
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
    `import: ${mark} ends in ${at.key}, but the argument ${definition.idFromArgument} names ${wanted}. Give the one that it has.`,
  );
}

/** What a preview says of an adoption: what will be taken over, and which fields change with it. */
export async function announceImport(context: OperationContext, given: Props): Promise<void> {
  const inputs = await resolved(context, given);
  const adopted = await importable(context, inputs);
  if (!adopted) return;
  context.report("info", takeoverNotice(context, adopted.id, adopted.remote, inputs));
}
