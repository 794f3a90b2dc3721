import { isNotFound, LostAnswerError, refusedWith, triesAfterStatus } from "../../client";
import { postOrRecover } from "../../client/post-or-recover";
import type { Parent } from "../connection";
import type { RemoteObject } from "../api/remote-object";
import { ageOf } from "../../core/age";
import { findLostCreate, takeLateDuplicate, warnOfLateDuplicates, type Posting } from "./find-lost-create";
import { keysOf, ownOnce } from "../state/ownership/owners";
import { fieldValues } from "../state/outputs";
import { collectionCacheFor, type CollectionCache, type NamedPlace } from "./collection-cache";
import { idBelow, type OperationContext } from "../context";
import { matchesDesired, takeDuplicate, type CreatedObject } from "./duplicates";
import type { Props, Write } from "../state/request-body";

/**
 * Makes an object that nothing but its number tells apart. GitLab would make it twice when asked twice, so a POST whose
 * answer was lost is looked for before it is sent again.
 *
 * An entry of a fleet takes an object that is there already and equals it: perhaps an interrupted run made it, or a
 * resource of its own had it so far.
 */
export async function createInCollection(
  context: OperationContext,
  place: Parent | NamedPlace,
  inputs: Props,
): Promise<CreatedObject> {
  const collection = collectionCacheFor(context, place);
  const before = await collection.listed();
  const write: Write = { given: fieldValues(context.definition, inputs), reset: [], last: {} };
  const posting = { context, collection, before, write, inputs };
  const taken = context.fleet
    ? await takeDuplicate(context, collection, write, inputs)
    : await takeLateDuplicate(posting);
  if (taken) return taken;
  const made = await postOnce(posting).catch((error: unknown) => {
    if (error instanceof LostAnswerError) collection.lost = error;
    throw error;
  });
  if (context.fleet) return made;
  // Said only now, since the engine compares the other resources of the program meanwhile.
  warnOfDuplicate(context, made.parent, before, write);
  return made;
}

/** Sends a POST, and sends it again only when what the one before may have made is not there. */
async function postOnce(posting: Posting): Promise<CreatedObject> {
  const { retries, timeout } = posting.context.connection.settings;
  const begun = Date.now();
  const send = async (attempt: number) => {
    const made = await post(posting);
    if (attempt > 0) await warnOfLateDuplicates(posting);
    return made;
  };
  return postOrRecover(send, {
    find: async (lost) => lost && findLostCreate(posting, lost),
    mayRepeat: ({ status }, attempt) =>
      attempt < triesAfterStatus(status, retries) && Date.now() <= begun + 2 * timeout * 1000,
  });
}

/** Others wait until the claim is noted too: an object without a claim has no owner. */
function post({ context, collection, write, inputs }: Posting): Promise<CreatedObject> {
  const claiming = send(context, collection, write).then(async (remote) => {
    const parent = await collection.parentOf(remote);
    return { remote, parent, claimed: ownOnce(context, idBelow(context.definition, parent, remote.key), inputs) };
  });
  collection.posting.add(claiming);
  return claiming.finally(() => collection.posting.delete(claiming));
}

async function send(
  { api, definition, connection }: OperationContext,
  collection: CollectionCache,
  write: Write,
): Promise<RemoteObject> {
  const ignored = (): void => undefined;
  const post = () => api.create(connection.client, definition, collection.at, write, undefined, ignored);
  if (collection.parent) return post();
  return post().catch(async (error: unknown) => {
    // GitLab leads on from a former path what reads, and refuses what writes.
    if (!refusedWith(error, 405) && !isNotFound(error)) throw error;
    await collection.lookUp();
    return post();
  });
}

function warnOfDuplicate(
  context: OperationContext,
  parent: Parent,
  before: readonly RemoteObject[],
  write: Write,
): void {
  const { definition, connection } = context;
  for (const remote of before) {
    const id = idBelow(definition, parent, remote.key);
    const isKnown = connection.met.has(id) || connection.ownership.isKnown(keysOf(context, id, {}));
    if (isKnown || !matchesDesired(context, remote, write)) continue;
    context.report(
      "warn",
      `${id}, made ${ageOf(remote.values.created_at)}, equals the one that is being created in everything that GitLab shows. ` +
        "It may be left over from an interrupted run, unless this program is renaming or replacing it now. " +
        `Delete it on GitLab, or take it over with { import: "${id}" } and \`pulumi up --replace\`, which deletes the new one.`,
    );
  }
}
