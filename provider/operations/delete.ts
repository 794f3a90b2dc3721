import { requireSameGitLab } from "./state/hidden-state";
import { keysOf, ownerIn } from "./state/ownership/owners";
import { addressOf, scopeOf, type OperationContext } from "./context";
import type { Props } from "./state/request-body";

/**
 * Removes the object of a resource. An object that is gone already is no failure, and one that another resource of this
 * run owns is kept.
 *
 * @param id the resource's ID
 * @param props its last outputs
 */
export async function remove(context: OperationContext, id: string, props: Props): Promise<void> {
  const { definition, connection, report } = context;
  requireSameGitLab(connection, id, props);
  const keys = keysOf(context, id, props);
  const { claim } = ownerIn(context, props);
  const other = connection.ownership.beginDelete(keys, claim);
  if (other) {
    const name = other.resource === undefined ? "" : `: ${other.resource}`;
    report("info", `${id}: kept, managed by another resource of this program${name}.`);
    return;
  }
  if (definition.undeletable) {
    connection.ownership.endDelete(keys, claim, false);
    report("warn", `${id}: ${definition.undeletable}`);
    return;
  }
  connection.hasWritten = true;
  const wasThere = await removeNow(context, id, props).catch((error: unknown) => {
    connection.ownership.endDelete(keys, claim, false);
    throw error;
  });
  connection.ownership.endDelete(keys, claim, true);
  if (wasThere && props.__imported === true) {
    report("warn", `${id}: deleted, although it existed before this resource took it over.`);
  }
  if (!wasThere && definition.notFoundHint) {
    report("warn", `${id}: already gone from GitLab, nothing to delete. ${definition.notFoundHint}`);
  }
}

/** @returns whether it was there */
async function removeNow(
  { api, definition, connection }: OperationContext,
  id: string,
  props: Props,
): Promise<boolean> {
  const at = addressOf(definition, id, scopeOf(definition, props));
  const wasThere = await api.remove(connection.client, definition, at, props);
  if (definition.parentKind) connection.forget(definition.parentKind);
  return wasThere;
}
