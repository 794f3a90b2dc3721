import { GitLabError, notFound, refusedWith } from "../client";
import type { Connection } from "./connection";
import { isSlot } from "../core/definition";
import type { Scope } from "../core/schema";
import { hasUnknown, unknownValue } from "../core/unknown";
import type { RemoteObject } from "./api/remote-object";
import { isSetUp, refusal, takeoverNotice, takeoverWarning, warnOnce } from "./existing-object";
import { roleProblem } from "./preview/role";
import { previewStateOf } from "./preview/state";
import { noteSeen } from "./seen-slots";
import { soon, unlessUnanswered } from "./preview/unchecked";
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
 *
 * @returns why `pulumi up` would fail, in a preview: the token's user may not see the object, or the licence lacks it
 */
export async function checkNewSlot(context: OperationContext, inputs: Props): Promise<string[]> {
  const { connection } = context;
  const { isPreview, isUnchecked } = previewStateOf(connection);
  const place = placeOf(context, inputs, isPreview);
  if (!place || isUnchecked || heldPlaces.get(connection)?.has(place.key)) return [];
  try {
    const hasty = { ...context, connection: connection.impatient() };
    const looked = await soon(connection.settings.baseUrl, lookUp(hasty, place, inputs).catch(notFound));
    if (!looked || connection.ownership.isKnown(keysOf(context, looked.id, inputs))) return [];
    if (!looked.remote) return isPreview ? unlicensed(context, place) : [];
    announce(context, { ...looked, remote: looked.remote });
    return [];
  } catch (error) {
    if (isPreview && refusedWith(error, 403))
      return [roleProblem(context.definition.kind, place.scope, place.text).text];
    sayUnchecked(context, place, inputs, error);
    return [];
  }
}

function unlicensed({ definition }: OperationContext, { scope, text }: Place): string[] {
  return definition.unlicensed === undefined ? [] : [`${scope} ${text}: ${definition.unlicensed}`];
}

function placeOf(
  { api, definition }: Pick<OperationContext, "api" | "definition">,
  inputs: Props,
  isPreview = false,
): Place | undefined {
  const named = namedParent(definition, inputs);
  const isLookedAt = api.isSetUp !== undefined || (isPreview && api.isAnnounced === true);
  if (!isSlot(definition) || !isLookedAt || !named) return undefined;
  const own = definition.idFromArgument === undefined ? "" : keyTextIn(definition, inputs);
  if (own === undefined || inputs[named.scope] === unknownValue) return undefined;
  return { ...named, key: [definition.name, named.scope, named.text, own].join(" ").toLowerCase() };
}

interface Looked {
  readonly id: string;
  readonly remote: RemoteObject | undefined;
  /** The arguments, references resolved. */
  readonly inputs: Props;
}

interface There extends Looked {
  readonly remote: RemoteObject;
}

/** The object at a place. */
async function lookUp(context: OperationContext, { scope, text }: Place, given: Props): Promise<Looked> {
  const { api, definition, connection } = context;
  const inputs = await resolved(context, given);
  const parent = await connection.parent(scope, text);
  const key = keyIn(definition, inputs);
  const at = { scope, parent: String(parent.id), ...key };
  const remote = await api.find(connection.client, definition, at);
  const id = idBelow(definition, parent, key?.key);
  noteSeen(connection, id, remote);
  return { id, remote, inputs };
}

function announce(context: OperationContext, there: There): void {
  if (isSetUp(context, there.remote)) {
    const text = foresight(context, there);
    if (text !== undefined) warnOnce(context, text);
  } else if (context.api.isAnnounced && there.remote.active) {
    context.report("info", takeoverNotice(context, there.id, there.remote, there.inputs));
  }
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
  const state = previewStateOf(connection);
  if (unlessUnanswered({ connection, report }, error)) return;
  if (error instanceof GitLabError && error.status === 401) state.isUnchecked = true;
  const reason = messageOf(error, definition, inputs);
  report("info", `${place.text}: not checked whether it exists already: ${reason}`);
}
