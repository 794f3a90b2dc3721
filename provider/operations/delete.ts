import { accessOf } from "../resources/api";
import { requireSameGitLab } from "./state/hidden-state";
import { keysOf, ownerIn } from "./state/ownership/owners";
import { addressOf, scopeOf, type Subject } from "./context";
import type { Props } from "./state/request-body";

/**
 * Removes the object of a resource. An object that is gone already is no failure, and one that another resource of this
 * run owns is kept.
 *
 * @param id the resource's ID
 * @param props its last outputs
 */
export async function remove(subject: Subject, id: string, props: Props): Promise<void> {
  const { definition, connection, say } = subject;
  requireSameGitLab(connection, id, props);
  const keys = keysOf(subject, id, props);
  const { claim } = ownerIn(subject, props);
  const other = connection.ownership.beginDelete(keys, claim);
  if (other) {
    const name = other.resource === undefined ? "" : `: ${other.resource}`;
    say("info", `${id}: kept, managed by another resource of this program${name}.`);
    return;
  }
  if (definition.undeletable) {
    connection.ownership.endDelete(keys, claim, false);
    say("warn", `${id}: ${definition.undeletable}`);
    return;
  }
  connection.hasWritten = true;
  const wasThere = await removeNow(subject, id, props).catch((error: unknown) => {
    connection.ownership.endDelete(keys, claim, false);
    throw error;
  });
  connection.ownership.endDelete(keys, claim, true);
  if (wasThere && props.__imported === true) {
    say("warn", `${id}: deleted, though it was there before this resource, which took it over.`);
  }
  if (!wasThere && definition.doubtfulAbsence) {
    say("warn", `${id}: nothing was there to delete. ${definition.doubtfulAbsence}`);
  }
}

/** @returns whether it was there */
async function removeNow({ definition, connection }: Subject, id: string, props: Props): Promise<boolean> {
  const at = addressOf(definition, id, scopeOf(definition, props));
  const wasThere = await accessOf[definition.kind].remove(connection.client, definition, at, props);
  if (definition.itself) connection.forget(definition.itself);
  return wasThere;
}
