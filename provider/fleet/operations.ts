import { randomUUID } from "node:crypto";
import { HalfMadeError, ProviderError } from "../core/errors";
import type { Created } from "../operations/create";
import type { Difference } from "../operations/diff";
import { requireSameGitLab, textIn } from "../operations/state/hidden-state";
import type { Subject } from "../operations/context";
import type { Props } from "../operations/state/request-body";
import { unknownValue } from "../core/unknown";
import { bring, type Outcome } from "./apply";
import { wantedOf } from "./check";
import { packed, unpacked, type FleetMarks } from "./state";
import { wereRead } from "./refresh";
import { isEmpty, itemsOf, planOf, type Plan } from "./plan";
import { summary, takenOver } from "./summary";
import { Voices } from "./notices";

const unfinished = "The rest is done and kept, and the next `pulumi up` does just those.";
const undeleted = "The rest is gone, which is no failure when you run this again.";

/** Compares a fleet's entries with what the program wants, and says in a few lines what an update will do. */
export async function diff(subject: Subject, id: string, olds: Props, news: Props): Promise<Difference> {
  const { definition, connection, say } = subject;
  requireSameGitLab(connection, id, olds);
  if (news.entries === unknownValue) return { changes: true, changed: ["entries"], replaces: [] };
  const wanted = wantedOf(definition, news);
  const voices = new Voices();
  // After a read, the engine asks once for the difference to the last inputs: what changed on GitLab was said already.
  const isRefresh = wereRead(connection).delete(id) || subject.isRefresh === true;
  const plan = await planOf({ ...inFleet(subject, olds, news), isRefresh }, unpacked(definition, olds), wanted, voices);
  const changes = !isEmpty(plan);
  if (changes && !isRefresh) {
    say("info", summary(definition, itemsOf(plan), wanted.size));
    voices.tell(say);
  }
  return { changes, changed: changes ? ["entries"] : [], replaces: [] };
}

/**
 * Makes the objects of all entries. An object that equals an entry and belongs to no other is taken.
 *
 * @throws HalfMadeError when some could not be made
 * @throws ProviderError when none could
 */
export async function create(subject: Subject, inputs: Props): Promise<Created> {
  const claim = randomUUID();
  const id = `fleets/${subject.definition.name}/${claim.slice(0, 8)}`;
  const wanted = wantedOf(subject.definition, inputs);
  const plan = { same: [], changed: [], replaced: [], added: [...wanted.keys()], removed: [] };
  const held = new Map<string, never>();
  const voices = new Voices();
  const outcome = await bring(
    { ...subject, fleet: { claim, resource: textIn(inputs, "__resource") } },
    { plan, held, wanted },
    voices,
  );
  if (outcome.failures.count > 0 && outcome.entries.size === 0) {
    voices.tell(subject.say);
    throw new ProviderError(outcome.failures.told(wanted.size, "Nothing was made.").join("\n"));
  }
  const outputs = finished({ subject, id, inputs, claim, outcome, total: wanted.size }, voices);
  return { id, outputs };
}

/**
 * Brings the entries that changed to what the program says, makes new ones and deletes the objects of removed ones.
 *
 * @throws HalfMadeError when some of it failed
 */
export async function update(subject: Subject, id: string, olds: Props, news: Props): Promise<Props> {
  const { definition, connection } = subject;
  requireSameGitLab(connection, id, olds);
  const wanted = wantedOf(definition, news);
  const voices = new Voices();
  const one = inFleet(subject, olds, news);
  const held = unpacked(definition, olds);
  const plan = await planOf(one, held, wanted, voices);
  const outcome = await bring(one, { plan, held, wanted, retains: news.__retain === true }, voices);
  const total = itemsOf(plan).length;
  return finished({ subject, id, inputs: news, claim: one.fleet.claim, outcome, total }, voices);
}

/** Deletes the objects of all entries, but those that other resources of this run have taken over. */
export async function remove(subject: Subject, id: string, props: Props): Promise<void> {
  const { definition, connection, say } = subject;
  requireSameGitLab(connection, id, props);
  const held = unpacked(definition, props);
  const plan: Plan = { same: [], changed: [], replaced: [], added: [], removed: [...held.keys()] };
  const voices = new Voices();
  const { failures } = await bring(inFleet(subject, props), { plan, held, wanted: new Map() }, voices);
  voices.tell(say);
  if (failures.count > 0) throw new ProviderError(failures.told(held.size, undeleted).join("\n"));
}

function inFleet(subject: Subject, outputs: Props, inputs: Props = {}) {
  const claim = textIn(outputs, "__claim") ?? randomUUID();
  return { ...subject, fleet: { claim, resource: textIn(inputs, "__resource") } };
}

interface Result {
  readonly subject: Subject;
  readonly id: string;
  readonly inputs: Props;
  readonly claim: string;
  readonly outcome: Outcome;
  /** How many entries there was something to do about. */
  readonly total: number;
}

function finished({ subject, id, inputs, claim, outcome, total }: Result, voices: Voices): Props {
  const { definition, connection, say } = subject;
  const { entries, failures, found } = outcome;
  voices.tell(say);
  if (found.length > 0) say("warn", takenOver(definition, entries, found));
  const marks: FleetMarks = { __gitlab: connection.settings.baseUrl, __claim: claim };
  const outputs = { ...packed(definition, entries, marks) };
  if (failures.count === 0) return outputs;
  throw new HalfMadeError(id, { ...outputs, __provider: inputs.__provider }, failures.told(total, unfinished));
}
