import { accessOf } from "./access";
import { isTakenOver, requireSameGitLab } from "./marks";
import { addressOf, scopeOf, type Subject } from "./subject";
import type { Props } from "./values";

/**
 * Removes the object of a resource. An object that is gone already, or that another resource of this run took over, is
 * no failure.
 *
 * @param id the resource's ID
 * @param props its last outputs
 */
export async function remove(subject: Subject, id: string, props: Props): Promise<void> {
  const { definition, connection, say } = subject;
  requireSameGitLab(connection, id, props);
  if (isTakenOver(connection, id, props)) {
    say("info", `${id}: kept, taken over by another resource of this program.`);
    return;
  }
  if (definition.undeletable) {
    say("warn", `${id}: ${definition.undeletable}`);
    return;
  }
  connection.hasWritten = true;
  const removing = removeNow(subject, id, props);
  const ended = removing.catch(() => undefined);
  connection.leaving.set(id, ended);
  const wasThere = await removing.finally(() => connection.leaving.delete(id));
  if (!wasThere && definition.doubtfulAbsence) {
    say("warn", `${id}: nothing was there to delete. ${definition.doubtfulAbsence}`);
  }
}

/** @returns whether it was there */
async function removeNow({ definition, connection }: Subject, id: string, props: Props): Promise<boolean> {
  const at = addressOf(definition, id, scopeOf(definition, props));
  const wasThere = await accessOf[definition.kind].remove(connection.client, definition, at, props);
  if (definition.itself) connection.forget(definition.itself);
  connection.spent.add(id);
  connection.claims.delete(id);
  return wasThere;
}
