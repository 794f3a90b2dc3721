import type { Parent } from "../connection";
import { fieldsOf } from "../../core/schema";
import type { Found } from "../api/remote-object";
import { accessOf } from "../../resources/api";
import { refusedWith } from "../api/answers";
import { isAsIfMade } from "../state/outputs";
import { keysOf, newOwner } from "../state/ownership/owners";
import type { Siblings } from "./collection-cache";
import { untilRegistered } from "../state/ownership/registrations";
import { idBelow, type Subject } from "../context";
import type { Props, Write } from "../state/request-body";

/** An object that was made, or that was there already. */
export interface Numbered {
  readonly found: Found;
  readonly claimed: string;
  readonly isFound?: true;
  /** Why the last step failed of an object that is there. */
  readonly unfinished?: unknown;
}

/** Whether an object has, in every field that GitLab shows, what a fresh one would have. */
export function isTwin({ definition }: Pick<Subject, "definition">, found: Found, write: Write): boolean {
  return isAsIfMade(definition, found, write.given);
}

/** Takes an object that equals the one to be made and that nobody holds. */
export async function takeTwin(
  subject: Subject,
  siblings: Siblings,
  write: Write,
  inputs: Props,
): Promise<Numbered | undefined> {
  const { parent } = siblings;
  const { definition, connection } = subject;
  for (const listed of await siblings.alike(write.given)) {
    const id = idBelow(definition, parent, listed.key);
    const keys = keysOf(subject, id, {});
    if (connection.ownership.isKnown(keys) || !isTwin(subject, listed, write)) continue;
    await untilRegistered();
    const owner = newOwner(subject, inputs);
    if (connection.ownership.isKnown(keys) || connection.ownership.own(keys, owner)) continue;
    connection.met.add(id);
    try {
      const found = await confirmed(subject, parent, listed, write);
      if (found) return { found, claimed: owner.stored, isFound: true };
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
async function confirmed(subject: Subject, parent: Parent, listed: Found, write: Write): Promise<Found | undefined> {
  const { definition, connection } = subject;
  const access = accessOf[definition.kind];
  const at = { scope: parent.scope, parent: String(parent.id), key: listed.key ?? 0 };
  const isHidden = listed.hidden?.some((name) => write.given[name] !== undefined) ?? false;
  const found = isHidden ? await access.find(connection.client, definition, at) : listed;
  if (!found || !isTwin(subject, found, write)) return undefined;
  const secrets = [...fieldsOf(definition.fields)].filter(([name, { secret }]) => secret && name in write.given);
  if (secrets.length === 0) return found;
  // Refused, as another value of a URL variable in use is, it cannot become what the program says.
  return access
    .update(connection.client, definition, at, write, () => undefined)
    .catch((error: unknown) => {
      if (refusedWith(error, 422)) return undefined;
      throw error;
    });
}
