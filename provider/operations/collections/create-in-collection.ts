import { LostAnswerError, triesAfterStatus } from "../../client";
import type { Parent } from "../connection";
import type { Found } from "../api/remote-object";
import { accessOf } from "../../resources/api";
import { ageOf } from "../../core/age";
import { recover, takeLate, warnOfStragglers, type Posting } from "./recover-lost-create";
import { keysOf, ownOnce } from "../state/ownership/owners";
import { fieldValues } from "../state/outputs";
import { siblingsOf } from "./collection-cache";
import { idBelow, type Subject } from "../context";
import { isTwin, takeTwin, type Numbered } from "./duplicates";
import type { Props, Write } from "../state/request-body";

/**
 * Makes an object that nothing but its number tells apart. GitLab would make it twice when asked twice, so a POST whose
 * answer was lost is looked for before it is sent again.
 *
 * An entry of a fleet takes an object that is there already and equals it: perhaps an interrupted run made it, or a
 * resource of its own had it so far.
 */
export async function createNumbered(subject: Subject, parent: Parent, inputs: Props): Promise<Numbered> {
  const siblings = siblingsOf(subject, parent);
  const before = await siblings.listed();
  const write: Write = { given: fieldValues(subject.definition, inputs), reset: [], last: {} };
  const posting = { subject, siblings, before, write, inputs };
  const taken = subject.fleet ? await takeTwin(subject, siblings, write, inputs) : await takeLate(posting);
  if (taken) return taken;
  const made = await postOnce(posting).catch((error: unknown) => {
    if (error instanceof LostAnswerError) siblings.lost = error;
    throw error;
  });
  if (subject.fleet) return made;
  // Said only now, since the engine compares the other resources of the program meanwhile.
  warnOfTwin(subject, parent, before, write);
  return made;
}

/** Sends a POST, and sends it again only when what the one before may have made is not there. */
async function postOnce(posting: Posting): Promise<Numbered> {
  const { retries, timeout } = posting.subject.connection.settings;
  let until = Infinity;
  for (let attempt = 0; ; attempt++) {
    try {
      const made = await post(posting);
      if (attempt > 0) await warnOfStragglers(posting);
      return made;
    } catch (error) {
      if (!(error instanceof LostAnswerError)) throw error;
      until = Math.min(until, Date.now() + timeout * 1000);
      const arrived = await recover(posting, error);
      if (arrived) return arrived;
      if (attempt >= triesAfterStatus(error.status, retries) || Date.now() > until) throw error;
    }
  }
}

/** The claim is part of what others wait for: an object without one is nobody's. */
function post({ subject, siblings, write, inputs }: Posting): Promise<Numbered> {
  const { definition, connection } = subject;
  const at = { scope: siblings.parent.scope, parent: String(siblings.parent.id) };
  const ignored = (): void => undefined;
  const making = accessOf[definition.kind].create(connection.client, definition, at, write, undefined, ignored);
  const claiming = making.then((found) => ({
    found,
    claimed: ownOnce(subject, idBelow(definition, siblings.parent, found.key), inputs),
  }));
  siblings.posting.add(claiming);
  return claiming.finally(() => siblings.posting.delete(claiming));
}

function warnOfTwin(subject: Subject, parent: Parent, before: readonly Found[], write: Write): void {
  const { definition, connection } = subject;
  for (const found of before) {
    const id = idBelow(definition, parent, found.key);
    const isKnown = connection.met.has(id) || connection.ownership.isKnown(keysOf(subject, id, {}));
    if (isKnown || !isTwin(subject, found, write)) continue;
    subject.say(
      "warn",
      `${id}, made ${ageOf(found.values.created_at)}, equals the one that is being made in everything that GitLab shows. ` +
        "It may be what an interrupted run left, unless this program is renaming or replacing it just now. " +
        `Delete it on GitLab, or take it over with { import: "${id}" } and \`pulumi up --replace\`, which deletes the new one.`,
    );
  }
}
