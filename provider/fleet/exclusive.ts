import { ProviderError } from "../core/errors";
import { messageOf } from "../operations/error-message";
import { isOffline } from "../operations/preview/check-preview";
import { namedBefore, noteDeleted, noteNamed, type Previewed } from "./previewed";
import { idBelow, type OperationContext } from "../operations/context";
import { textIn } from "../operations/state/hidden-state";
import { untilRegistered } from "../operations/state/ownership/registrations";
import type { Props } from "../operations/state/request-body";
import type { Outcome } from "./apply";
import type { Desired } from "./check";
import { exclusiveOf } from "./exclusive-arguments";
import { hintOf } from "./run-hint";
import { inParallel } from "../operations/in-parallel";
import { counted, formatted } from "./kinds";
import { isFree, lookForOthers, type Look, type Other, type Placed } from "./others";
import type { Plan } from "./plan";
import type { Entries } from "./state";
import { mostLines } from "./summary";

const waiting =
  "nothing is looked for and nothing is deleted. A resource of this program waits for the fleet, so that it is not known " +
  "which object it has: put it into the fleet, or let it not depend on the fleet.";

/** What tells a fleet from all others, in the previews of one machine. */
function nameOf(context: OperationContext, news: Props): readonly string[] {
  const { definition, connection } = context;
  const { stack } = hintOf(context, news);
  return [connection.settings.baseUrl, stack, definition.name, textIn(news, "__resource") ?? ""];
}

/** The entries of a fleet that a plan is about. */
export function placedBy(plan: Plan, current: Entries, desired: Desired): Placed {
  const { same, changed, replaced, added } = plan;
  return { current, desired, kept: [...same, ...changed], made: [...added, ...replaced.map(({ key }) => key)] };
}

/** The same for a fleet that is new. */
export function placedAnew(desired: Desired): Placed {
  return { current: new Map(), desired, kept: [], made: [...desired.keys()] };
}

/** Begins a preview, for which what an earlier one named counts no more, whatever goes wrong from here on. */
export function forgetNamed(context: OperationContext, news: Props): void {
  if (exclusiveOf(news) && hintOf(context, news).isPreview) noteNamed(nameOf(context, news), []);
}

/**
 * Says which objects an exclusive fleet would delete or reports, and in a preview notes them as named.
 *
 * @returns whether the update has objects to delete
 * @throws ProviderError when there are more of them than the program allows, or when two fleets exclude each other
 */
export async function announceOthers(context: OperationContext, placed: Placed, news: Props): Promise<boolean> {
  const exclusive = exclusiveOf(news);
  if (!exclusive) return false;
  const { isPreview, isComplete } = hintOf(context, news);
  if (exclusive.does === "delete" && isPreview && !isComplete) {
    context.report("warn", `exclusive: ${waiting}`);
    return false;
  }
  if (isPreview && isOffline(context)) {
    context.report("warn", "exclusive: not looked for objects that are no entries, and none is deleted.");
    return false;
  }
  const look = await lookUnlessSilent(context, placed, news);
  if (!look) return false;
  const { others, unknown } = look;
  if (unknown > 0) {
    const where = `the project or group of ${counted(context.definition, unknown)} is not known yet`;
    context.report("info", `exclusive: ${where}: others there are not looked for.`);
  }
  if (exclusive.does === "report") {
    if (others.length > 0) context.report("warn", listed(`${notEntries(context, others.length)}.`, others));
    return false;
  }
  requireOneFleet(context, look, news);
  return isPreview
    ? nameOthers(context, others, exclusive.limit, news)
    : announceDeletions(context, others, exclusive.limit, news);
}

/** What a preview says, and notes as said. */
function nameOthers(context: OperationContext, others: readonly Other[], limit: number, news: Props): boolean {
  requireLimit(context, others, limit);
  if (others.length === 0) return false;
  const ids = others.map(({ id }) => id);
  noteNamed(nameOf(context, news), ids);
  const what = `${notEntries(context, ids.length)}: \`pulumi up\` deletes ${pronoun(others)}.`;
  context.report("warn", listed(what, others));
  return true;
}

/** What an update says before it deletes something: what it lets be, and why. */
function announceDeletions(context: OperationContext, others: readonly Other[], limit: number, news: Props): boolean {
  const { toDelete, owned, unnamed } = sortedOut(others, namedBefore(nameOf(context, news)));
  requireLimit(context, toDelete, limit);
  for (const other of owned) context.report("info", keptFor(other));
  if (unnamed.length > 0) {
    const why = `not deleted, since no preview on this machine has named ${pronoun(unnamed)}`;
    const what = `${notEntries(context, unnamed.length)}: ${why}. Run \`pulumi preview\`, then \`pulumi up\`.`;
    context.report("warn", listed(what, unnamed));
  }
  return toDelete.length > 0;
}

/** Tells what the last preview named from what it did not, and from what another resource turned out to have. */
function sortedOut(others: readonly Other[], previewed: Previewed) {
  const isNamed = ({ id }: Other) => previewed.ids.has(id);
  const isOwned = ({ keys }: Other) => keys.some((key) => previewed.owned.has(key));
  return {
    toDelete: others.filter((other) => isNamed(other) && !isOwned(other)),
    owned: others.filter((other) => isNamed(other) && isOwned(other)),
    unnamed: others.filter((other) => !isNamed(other)),
  };
}

/** A preview goes on where GitLab does not answer; then it names nothing, and nothing is deleted. */
async function lookUnlessSilent(context: OperationContext, placed: Placed, news: Props): Promise<Look | undefined> {
  try {
    return await lookForOthers(context, placed, hintOf(context, news).managed);
  } catch (error) {
    const reason = messageOf(error, context.definition, news);
    context.report("warn", `exclusive: not looked for objects that are no entries, and none is deleted: ${reason}`);
    return undefined;
  }
}

/** What an update deletes besides the objects of removed entries. */
export interface Deletions {
  readonly others: readonly Other[];
  readonly fleet: readonly string[];
}

/** The objects that the last preview named and that are still no entries, before the update changes anything. */
export async function othersToDelete(context: OperationContext, placed: Placed, news: Props): Promise<Deletions> {
  const exclusive = exclusiveOf(news);
  const fleet = nameOf(context, news);
  const previewed = exclusive?.does === "delete" ? namedBefore(fleet) : undefined;
  // Most runs end here, and list nothing.
  if (!exclusive || !previewed || previewed.ids.size === 0) return { others: [], fleet };
  const look = await lookUnlessSilent(context, placed, news);
  const { toDelete } = sortedOut(look?.others ?? [], previewed);
  requireLimit(context, toDelete, exclusive.limit);
  return { others: toDelete, fleet };
}

/**
 * Deletes them. Where an entry failed they stay until the next run, since one of them may be what it is to replace.
 */
export async function deleteOthers(
  context: OperationContext,
  { others, fleet }: Deletions,
  outcome: Outcome,
): Promise<void> {
  if (others.length === 0) return;
  const { failures } = outcome;
  if (failures.count > 0) {
    const what = `${notEntries(context, others.length)}: not deleted, since entries failed.`;
    context.report("warn", `${what} The next \`pulumi up\` goes on.`);
    return;
  }
  // A resource that has one of them may be registered only after the fleet.
  await untilRegistered();
  const done = new Set<string>();
  await inParallel(others, async (other) => {
    if (failures.isHopeless) {
      failures.skipped();
      return;
    }
    try {
      if (await deleteOne(context, other)) done.add(other.id);
      failures.passed();
    } catch (error) {
      failures.addObject(other.id, error);
    }
  });
  const gone = others.filter(({ id }) => done.has(id));
  if (gone.length === 0) return;
  noteDeleted(fleet, done);
  context.report("info", listed(`${notEntries(context, gone.length)}: deleted.`, gone));
}

/** @returns false where another resource of the run turned out to have it */
async function deleteOne(context: OperationContext, other: Other): Promise<boolean> {
  const { api, definition, connection, fleet } = context;
  const { ownership } = connection;
  const claim = `${fleet?.claim ?? ""} others`;
  const owner = isFree(context, other) ? ownership.beginDelete(other.keys, claim) : {};
  if (owner) {
    context.report("info", keptFor(other));
    return false;
  }
  let isGone = false;
  try {
    connection.hasWritten = true;
    await api.remove(connection.client, definition, other.at, {});
    isGone = true;
  } finally {
    ownership.endDelete(other.keys, claim, isGone);
  }
  return true;
}

function requireLimit(context: OperationContext, toDelete: readonly Other[], limit: number): void {
  if (toDelete.length <= limit) return;
  const head =
    `${notEntries(context, toDelete.length)}, and exclusive deletes at most ${formatted(limit)} in one run: nothing is ` +
    `deleted. To delete all of them, set exclusiveLimit: ${toDelete.length}.`;
  throw new ProviderError(listed(head, toDelete));
}

/** Two fleets that each delete what the other has would go on for ever. */
function requireOneFleet(context: OperationContext, { parents }: Look, news: Props): void {
  const resource = textIn(news, "__resource");
  if (resource === undefined) return;
  const { definition, connection } = context;
  for (const parent of parents) {
    const place = `${connection.settings.baseUrl} exclusive ${idBelow(definition, parent, undefined)}`;
    const other = connection.ownership.own([place], { claim: resource, resource });
    if (!other) continue;
    throw new ProviderError(
      `exclusive: ${other.resource ?? "another fleet"} is exclusive for ${parent.path} too. Put the entries of a ${parent.scope} ` +
        "into one fleet, or make one of the two fleets not exclusive.",
    );
  }
}

function keptFor({ id }: Other): string {
  return `${id}: kept, managed by another resource of this program. Let the fleet depend on that, so that previews know it.`;
}

function notEntries({ definition }: OperationContext, count: number): string {
  return `${counted(definition, count)} on GitLab ${count === 1 ? "is no entry" : "are no entries"} of this fleet`;
}

function pronoun(others: readonly Other[]): string {
  return others.length === 1 ? "it" : "them";
}

function listed(head: string, others: readonly Other[]): string {
  const lines = others.slice(0, mostLines).map(({ id, about }) => `- ${id}${about === "" ? "" : ` (${about})`}`);
  const rest = others.length - lines.length;
  return [head, ...lines, ...(rest > 0 ? [`and ${formatted(rest)} more`] : [])].join("\n  ");
}
