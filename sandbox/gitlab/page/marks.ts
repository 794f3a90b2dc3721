import type { World } from "../world/world";
import { BY_HAND, type History, type Run } from "./history";

/** That something was changed lately, and by whom. */
export interface Mark {
  readonly what: "made" | "changed" | "deleted";
  /** What the client calls itself, or `by hand`. */
  readonly by: string;
  readonly isByHand: boolean;
  /** ISO 8601 */
  readonly at: string;
}

/** Something that is there no more. */
export interface DeletedObject {
  /** `projects/42` */
  readonly place: string;
  /** `Webhook 7`, `Push rules` */
  readonly what: string;
  readonly mark: Mark;
}

interface Times {
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Says of an object with these times whether it was changed lately, and by whom. */
export type Marker = (times: Times) => Mark | undefined;

/** Marks what the last run of each client made or changed. */
export function markerOf(history: History): Marker {
  const runAt = history.finder();
  // Most objects are older than every run, and to compare texts is quicker than to read them.
  const [first] = history.lastRuns();
  const since = first === undefined ? undefined : new Date(first.start).toISOString();
  return ({ createdAt, updatedAt }) => {
    const run = since === undefined || updatedAt < since ? undefined : runAt(Date.parse(updatedAt));
    if (run === undefined) return undefined;
    return markOf(run, Date.parse(createdAt) >= run.start ? "made" : "changed", updatedAt);
  };
}

/** What the last run of each client deleted, and is not there again. */
export function deletedObjects(world: World, history: History): DeletedObject[] {
  const runAt = history.finder();
  return history.deletions().flatMap(({ at, place, what }) => {
    const run = runAt(at);
    if (run === undefined || isThere(world, place, what)) return [];
    const title = what.replace(/^hooks\//, "Webhook ").replace("push_rule", "Push rules");
    return [{ place, what: title, mark: markOf(run, "deleted", new Date(at).toISOString()) }];
  });
}

function markOf({ client }: Run, what: Mark["what"], at: string): Mark {
  return { what, by: client, isByHand: client === BY_HAND, at };
}

function isThere(world: World, place: string, what: string): boolean {
  const hookId = /^hooks\/(\d+)$/.exec(what)?.[1];
  if (hookId !== undefined) return world.state.hooks.some(({ id }) => String(id) === hookId);
  return world.state.pushRules.some(({ scope }) => `${scope.kind}s/${scope.id}` === place);
}
