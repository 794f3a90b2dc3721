import { Semaphore } from "../../../client/semaphore";
import type { Connection } from "../../../operations/connection";
import { scan, type Scan } from "./scan";
import { findTargets, type Target, type Targets } from "./targets";
import type { Progress } from "./progress";
import type { Selection } from "../options";

/** Projects and groups that are looked into at once; the client bounds the requests. */
const mostAtOnce = 8;

/** What was found on GitLab. */
export interface Discovery {
  readonly targets: Targets;
  readonly scans: readonly Scan[];
}

/**
 * Reads everything of a selection.
 *
 * @throws Error in one sentence when nothing can be read at all
 */
export async function discover(connection: Connection, selection: Selection, progress: Progress): Promise<Discovery> {
  progress.say("Looking for projects and groups ...");
  const targets = await findTargets(connection, selection);
  const { parents, skipped } = targets;
  if (parents.length === 0 && skipped.length > 0) {
    throw new Error(`nothing to import: ${skipped.map(({ where, reason }) => `${where}: ${reason}`).join("; ")}`);
  }
  const places = selection.only.includes("notifications") ? [undefined, ...parents] : parents;
  return { targets, scans: await scanAll(connection, places, selection, progress) };
}

async function scanAll(
  connection: Connection,
  places: readonly (Target | undefined)[],
  selection: Selection,
  progress: Progress,
): Promise<Scan[]> {
  const semaphore = new Semaphore(mostAtOnce);
  let found = 0;
  progress.start(places.length);
  const scans = await Promise.all(
    places.map((place) =>
      semaphore.run(async () => {
        const done = await scan(connection, place, selection);
        found += done.resources.length;
        progress.step(found);
        return done;
      }),
    ),
  );
  progress.stop();
  return scans;
}
