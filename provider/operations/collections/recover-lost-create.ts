import { GitLabError, UnreachableError, type LostAnswerError } from "../../client";
import { untilSettled } from "../../client/poll-lost-answer";
import type { Found } from "../api/remote-object";
import { accessOf } from "../../resources/api";
import { keysOf, ownOnce } from "../state/ownership/owners";
import type { Siblings } from "./collection-cache";
import { idBelow, type Subject } from "../context";
import { isTwin, type Numbered } from "./duplicates";
import type { Props, Write } from "../state/request-body";

/** A wait longer than this, in milliseconds, is worth a status line. */
const worthTelling = 3_000;

/** A POST that makes an object which nothing but its number tells apart. */
export interface Posting {
  readonly subject: Subject;
  readonly siblings: Siblings;
  /** What was there before this process made anything. */
  readonly before: readonly Found[];
  readonly write: Write;
  /** The arguments. */
  readonly inputs: Props;
}

/**
 * Finds what a POST made whose answer was lost.
 *
 * @returns undefined when nothing has arrived
 * @throws LostAnswerError the given one, when it cannot look
 */
export async function recover(posting: Posting, error: LostAnswerError): Promise<Numbered | undefined> {
  const { subject, siblings } = posting;
  if (error.settlesIn > worthTelling) subject.say("status", `${error.message}: looking whether it was done`);
  return untilSettled(error, () => siblings.inTurn(() => takeArrived(posting, error)));
}

/**
 * Takes what a create that failed has made after all, where the engine asks for it again in the same run: an error hook
 * makes it do so.
 *
 * @throws LostAnswerError of the create that failed, when it cannot look
 */
export async function takeLate(posting: Posting): Promise<Numbered | undefined> {
  const { siblings } = posting;
  const { lost } = siblings;
  return lost && siblings.inTurn(() => takeArrived(posting, lost));
}

/** Takes the first object that nobody has claimed and that our POST may have made. */
async function takeArrived(posting: Posting, error: LostAnswerError): Promise<Numbered | undefined> {
  const { subject, siblings, write } = posting;
  const { definition, connection } = subject;
  const { parent } = siblings;
  const [twin] = await unclaimedTwins(posting).catch((reason: unknown) => {
    // What matters to the user is that something may have been made, and not that the list did not come.
    throw reason instanceof GitLabError || reason instanceof UnreachableError ? error : reason;
  });
  if (!twin) return undefined;
  const claimed = ownOnce(subject, idBelow(definition, parent, twin.key), posting.inputs);
  // It may be the twin of another lost POST, with other secrets: so everything is sent once more.
  const at = { scope: parent.scope, parent: String(parent.id), key: twin.key ?? 0 };
  try {
    const found = await accessOf[definition.kind].update(connection.client, definition, at, write, () => undefined);
    return { found, claimed };
  } catch (unfinished) {
    return { found: twin, claimed, unfinished };
  }
}

/** Objects that were not there before, that equal what is being made, and that no resource of this run has. */
async function unclaimedTwins({ subject, siblings, before, write }: Posting): Promise<Found[]> {
  const old = new Set(before.map((found) => found.key));
  const now = await siblings.list();
  // Whatever others were making meanwhile must be theirs before ours can be told from it.
  await Promise.allSettled([...siblings.posting]);
  return now.filter((found) => {
    const id = idBelow(subject.definition, siblings.parent, found.key);
    const isOwned = subject.connection.ownership.otherOwner(keysOf(subject, id, {})) !== undefined;
    return !old.has(found.key) && !isOwned && isTwin(subject, found, write);
  });
}

/** A request that was given up for lost may still have made something after the one that was sent in its place. */
export async function warnOfStragglers(posting: Posting): Promise<void> {
  const { subject, siblings } = posting;
  const found = await siblings.inTurn(() => unclaimedTwins(posting)).catch(() => []);
  for (const { key } of found) {
    subject.say(
      "warn",
      `${idBelow(subject.definition, siblings.parent, key)} equals the one that has been made in everything that GitLab ` +
        "shows. It is probably what an earlier request of this run made, whose answer was lost. Delete it on GitLab.",
    );
  }
}
