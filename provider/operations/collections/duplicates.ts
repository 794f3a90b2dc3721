import type { Parent } from "../connection";
import { fieldsOf } from "../../core/schema";
import type { RemoteObject } from "../api/remote-object";
import { refusedWith } from "../api/answers";
import { isAsIfMade } from "../state/outputs";
import { keysOf, newOwner } from "../state/ownership/owners";
import type { CollectionCache } from "./collection-cache";
import { untilRegistered } from "../state/ownership/registrations";
import { idBelow, type OperationContext } from "../context";
import type { Props, Write } from "../state/request-body";

/** An object that was made, or that was there already. */
export interface CreatedObject {
  readonly remote: RemoteObject;
  /** The project or group that it lives in. */
  readonly parent: Parent;
  readonly claimed: string;
  readonly isFound?: true;
  /** Why the last step failed of an object that is there. */
  readonly unfinished?: unknown;
}

/** Whether an object has, in every field that GitLab shows, what a fresh one would have. */
export function matchesDesired(
  { definition }: Pick<OperationContext, "definition">,
  remote: RemoteObject,
  write: Write,
): boolean {
  return isAsIfMade(definition, remote, write.given);
}

/** Takes an object that equals the one to be made and that nobody holds. */
export async function takeDuplicate(
  context: OperationContext,
  collection: CollectionCache,
  write: Write,
  inputs: Props,
): Promise<CreatedObject | undefined> {
  const { definition, connection } = context;
  for (const listed of await collection.alike(write.given)) {
    const parent = await collection.parentOf(listed);
    const id = idBelow(definition, parent, listed.key);
    const keys = keysOf(context, id, {});
    if (connection.ownership.isKnown(keys) || !matchesDesired(context, listed, write)) continue;
    await untilRegistered();
    const owner = newOwner(context, inputs);
    if (connection.ownership.isKnown(keys) || connection.ownership.own(keys, owner)) continue;
    connection.met.add(id);
    try {
      const remote = await confirmed(context, parent, listed, write);
      if (remote) return { remote, parent, claimed: owner.stored, isFound: true };
      connection.ownership.release(keys, owner.claim);
    } catch (error) {
      connection.ownership.release(keys, owner.claim);
      throw error;
    }
  }
  return undefined;
}

/**
 * The object as it stands after it was taken: what the list does not show is looked up, and what GitLab never shows is
 * sent, since it may be another value.
 */
async function confirmed(
  context: OperationContext,
  parent: Parent,
  listed: RemoteObject,
  write: Write,
): Promise<RemoteObject | undefined> {
  const { api, definition, connection } = context;
  const at = { scope: parent.scope, parent: String(parent.id), key: listed.key ?? 0 };
  const isHidden = listed.hidden?.some((name) => write.given[name] !== undefined) ?? false;
  const remote = isHidden ? await api.find(connection.client, definition, at) : listed;
  if (!remote || !matchesDesired(context, remote, write)) return undefined;
  const secrets = [...fieldsOf(definition.fields)].filter(([name, { secret }]) => secret && name in write.given);
  if (secrets.length === 0) return remote;
  // Refused, as another value of a URL variable in use is, it cannot become what the program says.
  return api
    .update(connection.client, definition, at, write, () => undefined)
    .catch((error: unknown) => {
      if (refusedWith(error, 422)) return undefined;
      throw error;
    });
}
