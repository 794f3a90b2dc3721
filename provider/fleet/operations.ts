import { randomUUID } from "node:crypto";
import { PartialFailureError, ProviderError } from "../core/errors";
import type { CreatedResource } from "../operations/create";
import type { Difference } from "../operations/diff";
import { requireSameGitLab, textIn } from "../operations/state/hidden-state";
import type { OperationContext } from "../operations/context";
import type { Props } from "../operations/state/request-body";
import { unknownValue } from "../core/unknown";
import { apply, type Outcome } from "./apply";
import { announceOthers, deleteOthers, forgetNamed, othersToDelete, placedAnew, placedBy } from "./exclusive";
import { exclusiveArgs, isSameExclusive } from "./exclusive-arguments";
import { desiredOf } from "./check";
import { packed, unpacked, type FleetMarks } from "./state";
import { wereRead } from "./refresh";
import { isEmpty, itemsOf, planOf, type Plan } from "./plan";
import { messageOf } from "../operations/error-message";
import { summary, takenOver } from "./summary";
import { NoticeCollector } from "./notices";

const unfinished = "All others are done and stored. The next `pulumi up` retries the failed ones.";
const undeleted = "All others are deleted. Run the command again to delete the rest.";

/** Compares a fleet's entries with what the program wants, and says in a few lines what an update will do. */
export async function diff(context: OperationContext, id: string, olds: Props, news: Props): Promise<Difference> {
  const { definition, connection, report } = context;
  requireSameGitLab(connection, id, olds);
  forgetNamed(context, news);
  if (news.entries === unknownValue) return { changes: true, changed: ["entries"], replaces: [] };
  const desired = desiredOf(definition, news);
  const notices = new NoticeCollector();
  // After a read, the engine asks once for the difference to the last inputs: what changed on GitLab was said already.
  const isRefresh = wereRead(connection).delete(id) || context.isRefresh === true;
  const current = unpacked(definition, olds);
  const plan = await planOf({ ...inFleet(context, olds, news), isRefresh }, current, desired, notices);
  const isChanged = !isEmpty(plan);
  if (isChanged && !isRefresh) {
    report("info", summary(definition, itemsOf(plan), desired.size));
    notices.reportAll(report);
  }
  const deletes = !isRefresh && (await announceOthers(context, placedBy(plan, current, desired), news));
  const changed = [
    ...(isChanged ? ["entries"] : []),
    ...(deletes || !isSameExclusive(olds, news) ? ["exclusive"] : []),
  ];
  return { changes: changed.length > 0, changed, replaces: [] };
}

/**
 * Says what an exclusive fleet that is new would delete or reports.
 *
 * @returns why it would not: at most one problem
 */
export async function examineNew(context: OperationContext, news: Props): Promise<string[]> {
  try {
    forgetNamed(context, news);
    if (news.entries !== unknownValue)
      await announceOthers(context, placedAnew(desiredOf(context.definition, news)), news);
    return [];
  } catch (error) {
    return [messageOf(error, context.definition, news)];
  }
}

/**
 * Makes the objects of all entries. An object that equals an entry and belongs to no other is taken.
 *
 * @throws PartialFailureError when some could not be made
 * @throws ProviderError when none could
 */
export async function create(context: OperationContext, inputs: Props): Promise<CreatedResource> {
  const claim = randomUUID();
  const id = `fleets/${context.definition.name}/${claim.slice(0, 8)}`;
  const desired = desiredOf(context.definition, inputs);
  const plan = { same: [], changed: [], replaced: [], added: [...desired.keys()], removed: [] };
  const notices = new NoticeCollector();
  const one = { ...context, fleet: { claim, resource: textIn(inputs, "__resource") } };
  const deletions = await othersToDelete(one, placedAnew(desired), inputs);
  const outcome = await apply(one, { plan, current: new Map(), desired }, notices);
  await deleteOthers(one, deletions, outcome);
  if (outcome.failures.count > 0 && outcome.entries.size === 0) {
    notices.reportAll(context.report);
    throw new ProviderError(outcome.failures.told(desired.size, "Nothing was created.").join("\n"));
  }
  const outputs = finished(
    { subject: context, id, inputs, claim, outcome, total: desired.size + deletions.others.length },
    notices,
  );
  return { id, outputs };
}

/**
 * Brings the entries that changed to what the program says, makes new ones and deletes the objects of removed ones.
 *
 * @throws PartialFailureError when some of it failed
 */
export async function update(context: OperationContext, id: string, olds: Props, news: Props): Promise<Props> {
  const { definition, connection } = context;
  requireSameGitLab(connection, id, olds);
  const desired = desiredOf(definition, news);
  const notices = new NoticeCollector();
  const one = inFleet(context, olds, news);
  const current = unpacked(definition, olds);
  const plan = await planOf(one, current, desired, notices);
  const deletions = await othersToDelete(one, placedBy(plan, current, desired), news);
  const outcome = await apply(one, { plan, current, desired, retains: news.__retain === true }, notices);
  await deleteOthers(one, deletions, outcome);
  const total = itemsOf(plan).length + deletions.others.length;
  return finished({ subject: context, id, inputs: news, claim: one.fleet.claim, outcome, total }, notices);
}

/** Deletes the objects of all entries, but those that other resources of this run have taken over. */
export async function remove(context: OperationContext, id: string, props: Props): Promise<void> {
  const { definition, connection, report } = context;
  requireSameGitLab(connection, id, props);
  const current = unpacked(definition, props);
  const plan: Plan = { same: [], changed: [], replaced: [], added: [], removed: [...current.keys()] };
  const notices = new NoticeCollector();
  const { failures } = await apply(inFleet(context, props), { plan, current, desired: new Map() }, notices);
  notices.reportAll(report);
  if (failures.count > 0) throw new ProviderError(failures.told(current.size, undeleted).join("\n"));
}

function inFleet(context: OperationContext, outputs: Props, inputs: Props = {}) {
  const claim = textIn(outputs, "__claim") ?? randomUUID();
  return { ...context, fleet: { claim, resource: textIn(inputs, "__resource") } };
}

interface Result {
  readonly subject: OperationContext;
  readonly id: string;
  readonly inputs: Props;
  readonly claim: string;
  readonly outcome: Outcome;
  /** How many entries there was something to do about. */
  readonly total: number;
}

function finished({ subject: context, id, inputs, claim, outcome, total }: Result, notices: NoticeCollector): Props {
  const { definition, connection, report } = context;
  const { entries, failures, found } = outcome;
  notices.reportAll(report);
  if (found.length > 0) report("warn", takenOver(definition, entries, found));
  const marks: FleetMarks = { __gitlab: connection.settings.baseUrl, __claim: claim };
  const outputs = { ...packed(definition, entries, marks), ...exclusiveArgs(inputs) };
  if (failures.count === 0) return outputs;
  throw new PartialFailureError(id, { ...outputs, __provider: inputs.__provider }, failures.told(total, unfinished));
}
