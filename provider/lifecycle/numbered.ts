import { setTimeout as sleep } from "node:timers/promises";
import { LostAnswerError } from "../client";
import type { Parent } from "../connection";
import { accessOf, type Found } from "./access";
import { ageOf } from "./age";
import { claim } from "./marks";
import { fieldValues } from "./outputs";
import { siblingsOf, type Siblings } from "./siblings";
import { idBelow, type Subject } from "./subject";
import { isTwin, takeTwin, type Numbered } from "./twins";
import type { Props, Write } from "./values";

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
  const taken = subject.fleet && (await takeTwin(subject, siblings, write));
  if (taken) return taken;
  const made = await postOnce(subject, siblings, before, write);
  if (subject.fleet) return made;
  // Said only now, since the engine compares the other resources of the program meanwhile.
  warnOfTwin(subject, parent, before, write);
  return made;
}

async function postOnce(
  subject: Subject,
  siblings: Siblings,
  before: readonly Found[],
  write: Write,
): Promise<Numbered> {
  const { parent } = siblings;
  for (let attempt = 0; ; attempt++) {
    try {
      const found = await post(siblings, write);
      const id = idBelow(subject.definition, parent, found.key);
      return { found, claimed: claim(subject.connection, id, subject.fleet?.claim) };
    } catch (error) {
      if (!(error instanceof LostAnswerError)) throw error;
      const arrived = await recover(subject, siblings, before, write);
      if (arrived) return arrived;
      if (attempt >= subject.connection.settings.retries) throw error;
    }
  }
}

async function post(siblings: Siblings, write: Write): Promise<Found> {
  const { definition, connection } = siblings.subject;
  const at = { scope: siblings.parent.scope, parent: String(siblings.parent.id) };
  const posting = accessOf[definition.kind].create(
    connection.client,
    definition,
    at,
    write,
    undefined,
    () => undefined,
  );
  siblings.posting.add(posting);
  try {
    return await posting;
  } finally {
    siblings.posting.delete(posting);
  }
}

/** How long a request that was cut off may still take to arrive, in milliseconds. */
const stragglerPause = 500;

/** Finds what a POST made whose answer was lost. */
function recover(subject: Subject, siblings: Siblings, before: readonly Found[], write: Write) {
  const { parent } = siblings;
  const { definition, connection } = subject;
  return siblings.inTurn(async () => {
    await sleep(stragglerPause);
    // Whatever others are making right now must have its number before ours can be told from theirs.
    await Promise.allSettled([...siblings.posting]);
    const old = new Set(before.map((found) => found.key));
    const now = await siblings.list();
    const twin = now.find((found) => {
      const id = idBelow(definition, parent, found.key);
      return !old.has(found.key) && !connection.claims.has(id) && isTwin(subject, found, write);
    });
    if (!twin) return undefined;
    const claimed = claim(connection, idBelow(definition, parent, twin.key), subject.fleet?.claim);
    // It may be the twin of another lost POST, with other secrets: so everything is sent once more.
    const at = { scope: parent.scope, parent: String(parent.id), key: twin.key ?? 0 };
    const found = await accessOf[definition.kind].update(connection.client, definition, at, write, () => undefined);
    return { found, claimed };
  });
}

function warnOfTwin(subject: Subject, parent: Parent, before: readonly Found[], write: Write): void {
  const { definition, connection } = subject;
  for (const found of before) {
    const id = idBelow(definition, parent, found.key);
    if (connection.met.has(id) || connection.spent.has(id) || !isTwin(subject, found, write)) continue;
    subject.say(
      "warn",
      `${id}, made ${ageOf(found.values.created_at)}, equals the one that is being made in everything that GitLab shows. ` +
        "It may be what an interrupted run left, unless this program is renaming or replacing it just now. " +
        `Delete it on GitLab, or take it over with { import: "${id}" } and delete the new one.`,
    );
  }
}
