import { GitLabError, notFound, UnreachableError } from "../client";
import type { Connection } from "./connection";
import { isSlot } from "../core/definition";
import type { Scope } from "../core/schema";
import { hasUnknown, unknownValue } from "../core/unknown";
import type { RemoteObject } from "./api/remote-object";
import { isSetUp, refusal, takeoverWarning, warnOnce } from "./existing-object";
import { keysOf } from "./state/ownership/owners";
import { messageOf } from "./error-message";
import { deviations } from "./state/outputs";
import { keyIn, keyTextIn, resolved } from "./state/references";
import { idBelow, namedParent, type OperationContext } from "./context";
import type { Props } from "./state/request-body";

/** The only one of its kind that a project or group can have, as far as plain arguments tell. */
interface Place {
  readonly scope: Scope;
  /** The project or group as the program names it. */
  readonly text: string;
  /** Tells the place from others of one connection. */
  readonly key: string;
}

/** Places of which a check with old inputs has shown that state holds an object there. */
const heldPlaces = new WeakMap<Connection, Set<string>>();
/** Connections of which it is known that a question would be in vain. */
const silent = new WeakSet<Connection>();

/** Notes that state holds the object of these inputs: a check without old ones that follows is that of its replacement. */
export function noteHeldPlace(context: OperationContext, olds: Props): void {
  const { connection } = context;
  const place = placeOf(context, olds);
  if (!place) return;
  const places = heldPlaces.get(connection) ?? new Set<string>();
  heldPlaces.set(connection, places.add(place.key));
}

/**
 * Says what a create will make of an object that is there already, where the arguments alone tell which it is.
 *
 * It is a warning even where a create would refuse: the engine asks for a check in the same way when it is about to
 * replace or to rename that very object, which the program may do.
 */
export async function checkNewSlot(context: OperationContext, inputs: Props): Promise<void> {
  const { connection } = context;
  const place = placeOf(context, inputs);
  if (!place || silent.has(connection) || heldPlaces.get(connection)?.has(place.key)) return;
  try {
    const hasty = { ...context, connection: connection.impatient() };
    const there = await lookUp(hasty, place, inputs).catch(notFound);
    if (!there || connection.ownership.isKnown(keysOf(context, there.id, inputs))) return;
    const text = foresight(context, there);
    if (text !== undefined) warnOnce(context, text);
  } catch (error) {
    sayUnchecked(context, place, inputs, error);
  }
}

function placeOf({ api, definition }: Pick<OperationContext, "api" | "definition">, inputs: Props): Place | undefined {
  const named = namedParent(definition, inputs);
  if (!isSlot(definition) || !api.isSetUp || !named) return undefined;
  const own = definition.idFromArgument === undefined ? "" : keyTextIn(definition, inputs);
  if (own === undefined || inputs[named.scope] === unknownValue) return undefined;
  return { ...named, key: [definition.name, named.scope, named.text, own].join(" ").toLowerCase() };
}

interface There {
  readonly id: string;
  readonly remote: RemoteObject;
  /** The arguments, references resolved. */
  readonly inputs: Props;
}

/** The object that somebody set up at a place, undefined where there is none. */
async function lookUp(context: OperationContext, { scope, text }: Place, given: Props): Promise<There | undefined> {
  const { api, definition, connection } = context;
  const inputs = await resolved(context, given);
  const parent = await connection.parent(scope, text);
  const key = keyIn(definition, inputs);
  const at = { scope, parent: String(parent.id), ...key };
  const remote = await api.find(connection.client, definition, at);
  return remote && isSetUp(context, remote) ? { id: idBelow(definition, parent, key?.key), remote, inputs } : undefined;
}

/** What the update will say, as far as the arguments are known. */
function foresight(context: OperationContext, { id, remote, inputs }: There): string | undefined {
  const { definition, connection } = context;
  const names = deviations(definition, remote, inputs);
  if (names.length > 0) {
    if (connection.settings.overwriteExisting) return undefined;
    return `${refusal(context, id, names)} Unless this program is replacing it now, \`pulumi up\` stops here.`;
  }
  if (!hasUnknown(inputs)) return takeoverWarning(definition, id, inputs);
  return (
    `${id}: exists already. Unless this program is renaming or replacing it now, \`pulumi up\` takes it over if it ` +
    "equals this resource in all that GitLab shows, and stops here otherwise."
  );
}

/** A preview goes on without an answer: what is wrong, the update says. */
function sayUnchecked(
  { definition, connection, report }: OperationContext,
  place: Place,
  inputs: Props,
  error: unknown,
): void {
  if (error instanceof UnreachableError) {
    silent.add(connection);
    report("info", "not checked whether it exists already: GitLab cannot be reached.");
    return;
  }
  if (error instanceof GitLabError && error.status === 401) silent.add(connection);
  const reason = messageOf(error, definition, inputs);
  report("info", `${place.text}: not checked whether it exists already: ${reason}`);
}
