import type { Parent } from "./connection";
import { className } from "../core/definition";
import { ProviderError } from "../core/errors";
import type { RemoteObject } from "./api/remote-object";
import { namesIn, requireSameGitLab } from "./state/hidden-state";
import { findInRefresh } from "./collections/refresh-cache";
import { keysOf, ownerIn } from "./state/ownership/owners";
import { referencesOf } from "./state/references";
import { fieldValues, outputsOf } from "./state/outputs";
import { otherwiseMarks, stillOtherwise } from "./state/stored";
import { addressOf, knownParent, remember, scopeOf, type OperationContext } from "./context";
import type { Address } from "../core/id";
import type { Props } from "./state/request-body";

/** What a read finds: nothing, or the outputs, and the inputs where the program manages the object. */
export interface ReadResult {
  readonly gone: boolean;
  readonly props: Record<string, unknown>;
  readonly inputs?: Record<string, unknown>;
}

const gone: ReadResult = { gone: true, props: {} };

/**
 * Reads the object of a resource as GitLab has it now.
 *
 * @param id the resource's ID; for a `get`, in any accepted form
 * @param props its last outputs, or just the provider's mark for a `get`
 * @throws ProviderError when a `get` finds nothing
 */
export async function read(context: OperationContext, id: string, props: Props): Promise<ReadResult> {
  const { api, definition, connection } = context;
  requireSameGitLab(connection, id, props);
  const at = addressOf(definition, id, scopeOf(definition, props));
  if (props.__managed !== undefined) {
    const remote = await findInRefresh(context, at, props);
    connection.met.add(id);
    return readManaged(context, id, props, remote);
  }
  const found = await api.find(connection.client, definition, at);
  connection.met.add(id);
  return readForGet(context, id, at, found, props);
}

/** What a refresh makes of an object that the program manages, as it was found: alone or in a list. */
export async function readManaged(
  context: OperationContext,
  id: string,
  props: Props,
  remote: RemoteObject | undefined,
): Promise<ReadResult> {
  const { definition, connection } = context;
  if (!remote?.active) {
    // What GitLab shows switched off, it shows: only a 404 can be its parent's.
    const at = addressOf(definition, id, scopeOf(definition, props));
    if (!remote && !definition.parentKind && (await isParentHidden(context, id, at))) return unchanged(props);
    if (await isOtherEndHidden(context, id, props)) return unchanged(props);
    if (definition.notFoundHint) {
      context.report("warn", `${id}: removed from state: not found on GitLab. ${definition.notFoundHint}`);
    }
    // The program may still say `import`, which is spent then: what it named was taken over once.
    connection.ownership.noteGone(keysOf(context, id, props), ownerIn(context, props).claim);
    return gone;
  }
  const result = managed(context, remote, props);
  remember(context, result.props);
  for (const text of definition.healthWarnings?.(result.props) ?? []) context.report("warn", `${id}: ${text}`);
  return result;
}

function managed(context: OperationContext, remote: RemoteObject, props: Props): ReadResult {
  const { definition, connection } = context;
  const standing = stillOtherwise(definition, remote, props);
  const outputs = outputsOf(definition, props, remote, knownParent(definition, props), standing);
  const names = namesIn(props, "__managed");
  const kept = Object.entries(props).filter(
    ([name]) => name.startsWith("__") && !["__stored", "__untaken"].includes(name),
  );
  const marks = {
    ...Object.fromEntries(kept),
    ...otherwiseMarks(props, standing),
    __gitlab: connection.settings.baseUrl,
  };
  const inputs = Object.fromEntries(Object.entries(outputs).filter(([name]) => names.includes(name)));
  return {
    gone: false,
    props: { ...outputs, ...marks },
    inputs: { ...inputs, __managed: names },
  };
}

/** A project that a token no longer sees must not empty the state. */
async function isParentHidden(context: OperationContext, id: string, at: Address): Promise<boolean> {
  const { definition, connection, report } = context;
  if (at.scope === undefined || at.parent === undefined) return false;
  if (await connection.sees(at.scope, at.parent)) return false;
  report(
    "warn",
    `${id}: kept in state, because its ${at.scope} answers 404. Either the ${at.scope} is gone: then remove this ` +
      `${className(definition)} from the program. Or the token lost its role there.`,
  );
  return true;
}

/** GitLab does not show that a project has to do with a project or group that the token does not see. */
async function isOtherEndHidden(
  { definition, connection, report }: OperationContext,
  id: string,
  props: Props,
): Promise<boolean> {
  for (const { names } of referencesOf(definition)) {
    const other = props[names.id];
    // A user's own namespace is always there.
    if (names.users && props[names.users] !== names.scope) continue;
    if (typeof other !== "number" || (await connection.sees(names.scope, String(other)))) continue;
    report(
      "warn",
      `${id}: kept in state, because the ${names.scope} ${other} answers 404. Either that ${names.scope} is gone: then ` +
        `remove this ${className(definition)} from the program. Or the token lost its role there.`,
    );
    return true;
  }
  return false;
}

function unchanged(props: Props): ReadResult {
  const names = namesIn(props, "__managed");
  const inputs = Object.fromEntries(Object.entries(props).filter(([name]) => names.includes(name)));
  return { gone: false, props: { ...props }, inputs: { ...inputs, __managed: names } };
}

async function readForGet(
  context: OperationContext,
  id: string,
  at: Address,
  remote: RemoteObject | undefined,
  props: Props,
): Promise<ReadResult> {
  const { definition, connection } = context;
  if (!remote?.active) {
    const isRefresh = Object.keys(props).some((name) => !name.startsWith("__"));
    if (isRefresh) return gone;
    throw new ProviderError(`${definition.name}.get: ${id} does not exist, or the token cannot see it.`);
  }
  const parent = await parentOf(context, at, props);
  const scope = at.scope && definition.scopes.includes(at.scope) ? { [at.scope]: at.parent } : {};
  // What is known from before stays only where GitLab does not say; inherited settings are what a `get` is to show.
  const last = { ...fieldValues(definition, props), ...scope, useInheritedSettings: undefined };
  return {
    gone: false,
    props: { ...outputsOf(definition, last, remote, parent), __gitlab: connection.settings.baseUrl },
  };
}

async function parentOf(context: OperationContext, at: Address, props: Props): Promise<Parent | undefined> {
  const known = knownParent(context.definition, props);
  if (known || at.scope === undefined || at.parent === undefined || context.definition.parentKind) return known;
  return context.connection.parent(at.scope, at.parent);
}
