import { afterCreate } from "./after-create";
import { requireSameGitLab, namesIn, textIn, withoutIncomplete } from "./state/hidden-state";
import { presentParent } from "./parent-change";
import { resolved } from "./state/references";
import { applyUpdate } from "./apply-update";
import { addressOf, knownParent, remember, scopeOf, type OperationContext } from "./context";
import type { Props } from "./state/request-body";

/**
 * Brings the object of a resource to what the new inputs say.
 *
 * @param id the resource's ID
 * @param olds its last outputs
 * @param given its new inputs
 * @returns the new outputs
 * @throws PartialFailureError when a later call fails after an earlier one changed something
 */
export async function update(context: OperationContext, id: string, olds: Props, given: Props): Promise<Props> {
  const { definition, connection } = context;
  requireSameGitLab(connection, id, olds);
  const news = await resolved(context, given, olds);
  connection.met.add(id);
  connection.hasWritten = true;
  const at = addressOf(definition, id, scopeOf(definition, olds));
  // Once it inherited, deleting it brings the settings from above back, whoever turned them on.
  const inherited = olds.__inherited === true || olds.useInheritedSettings === true;
  // A diff of this process has looked it up already.
  const parent = (await presentParent(context, olds, news)) ?? knownParent(definition, olds);
  const outputs = await applyUpdate(context, { id, at, parent, last: olds }, news, {
    __managed: namesIn(news, "__managed"),
    __gitlab: connection.settings.baseUrl,
    __claim: textIn(olds, "__claim"),
    __imported: olds.__imported === true ? true : undefined,
    __inherited: inherited ? true : undefined,
    __incomplete: olds.__incomplete === true ? true : undefined,
  });
  remember(context, outputs);
  if (outputs.__incomplete !== true) return outputs;
  await afterCreate(context, { id, at }, news, outputs);
  return withoutIncomplete(outputs);
}
