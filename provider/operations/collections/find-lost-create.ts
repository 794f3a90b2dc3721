import { GitLabError, UnreachableError, type LostAnswerError } from "../../client";
import type { RemoteObject } from "../api/remote-object";
import { keysOf, ownOnce } from "../state/ownership/owners";
import type { CollectionCache } from "./collection-cache";
import { idBelow, type OperationContext } from "../context";
import { matchesDesired, type CreatedObject } from "./duplicates";
import type { Props, Write } from "../state/request-body";

/** A POST that makes an object which nothing but its number tells apart. */
export interface Posting {
  readonly context: OperationContext;
  readonly collection: CollectionCache;
  /** What was there before this process made anything. */
  readonly before: readonly RemoteObject[];
  readonly write: Write;
  /** The arguments. */
  readonly inputs: Props;
}

/**
 * Looks once for what a POST made whose answer was lost.
 *
 * @returns undefined when nothing has arrived
 * @throws LostAnswerError the given one, when it cannot look
 */
export function findLostCreate(posting: Posting, error: LostAnswerError): Promise<CreatedObject | undefined> {
  return posting.collection.inTurn(() => takeArrived(posting, error));
}

/**
 * Takes what a create that failed has made after all, where the engine asks for it again in the same run: an error hook
 * makes it do so.
 *
 * @throws LostAnswerError of the create that failed, when it cannot look
 */
export async function takeLateDuplicate(posting: Posting): Promise<CreatedObject | undefined> {
  const { collection } = posting;
  const { lost } = collection;
  return lost && collection.inTurn(() => takeArrived(posting, lost));
}

/** Takes the first object that nobody has claimed and that our POST may have made. */
async function takeArrived(posting: Posting, error: LostAnswerError): Promise<CreatedObject | undefined> {
  const { context, collection, write } = posting;
  const { api, definition, connection } = context;
  const [duplicate] = await unownedDuplicates(posting).catch((reason: unknown) => {
    // What matters to the user is that something may have been made, and not that the list did not come.
    throw reason instanceof GitLabError || reason instanceof UnreachableError ? error : reason;
  });
  if (!duplicate) return undefined;
  const parent = await collection.parentOf(duplicate);
  const claimed = ownOnce(context, idBelow(definition, parent, duplicate.key), posting.inputs);
  // It may be what another lost POST made, with other secrets: so everything is sent once more.
  const at = { scope: parent.scope, parent: String(parent.id), key: duplicate.key ?? 0 };
  try {
    const remote = await api.update(connection.client, definition, at, write, () => undefined);
    return { remote, parent, claimed };
  } catch (unfinished) {
    return { remote: duplicate, parent, claimed, unfinished };
  }
}

/** Objects that were not there before, that equal what is being made, and that no resource of this run has. */
async function unownedDuplicates({ context, collection, before, write }: Posting): Promise<RemoteObject[]> {
  const old = new Set(before.map((remote) => remote.key));
  const now = await collection.list();
  const [first] = now;
  if (!first) return [];
  const parent = await collection.parentOf(first);
  // Whatever others were making meanwhile must be theirs before ours can be told from it.
  await Promise.allSettled([...collection.posting]);
  return now.filter((remote) => {
    const id = idBelow(context.definition, parent, remote.key);
    const isOwned = context.connection.ownership.otherOwner(keysOf(context, id, {})) !== undefined;
    return !old.has(remote.key) && !isOwned && matchesDesired(context, remote, write);
  });
}

/** A request that was given up for lost may still have made something after the one that was sent in its place. */
export async function warnOfLateDuplicates(posting: Posting): Promise<void> {
  const { context, collection } = posting;
  const remote = await collection.inTurn(() => unownedDuplicates(posting)).catch(() => []);
  for (const { key } of remote) {
    context.report(
      "warn",
      `${idBelow(context.definition, collection.parent, key)} equals the one that was created in everything that GitLab ` +
        "shows. An earlier request of this run probably created it after its response was lost. Delete it on GitLab.",
    );
  }
}
