import type { Sandbox } from "gitlab-sandbox";

import type { Stored } from "../../support/driver";
import type { Kind, Row } from "./kinds";
import type { Move } from "./moves";
import { ownersOf } from "./owners";
import { idOf, namesOf, type Declaration, type Place } from "./program";

/** What there is after a move. */
export interface After {
  readonly world: Sandbox["control"]["world"];
  /** The requests that changed something since before it. */
  readonly writes: readonly string[];
  readonly resources: readonly Stored[];
}

/** What is wrong with the objects of one kind: each text begins with its name. */
export function problemsOf(
  declaration: Declaration,
  move: Move,
  places: ReadonlyMap<Kind, Place>,
  after: After,
): string[] {
  const { kind } = declaration;
  const place = places.get(kind);
  if (!place) throw new Error(`no place for ${kind.name}`);
  const isNew = move.concerns?.(kind) !== false && move.makesNew?.(kind) === true;
  const rows = kind.rows(after.world, place.project);
  const problems = [
    ...onGitLab(kind, place.rows, rows, isNew),
    ...(isNew ? [] : deletions(kind, place, after.writes)),
    ...inState(declaration, { ...place, rows }, after.resources),
  ];
  return problems.map((problem) => `${kind.name}: ${problem}`);
}

function onGitLab({ values }: Kind, before: readonly Row[], now: readonly Row[], isNew: boolean): string[] {
  if (now.length !== before.length) return [`GitLab has ${now.length} instead of ${before.length}`];
  const wrong = now.filter((row) => JSON.stringify(row.values) !== JSON.stringify(values));
  const [old, numbers] = [before, now].map((rows) => rows.map(({ number }) => number).join(", "));
  return [
    ...wrong.map((row) => `${row.number} has ${JSON.stringify(row.values)} instead of ${JSON.stringify(values)}`),
    ...(isNew || old === numbers ? [] : [`GitLab has ${numbers} instead of ${old}`]),
  ];
}

/** What is to stay the same is not to be gone for a moment either. */
function deletions({ slot }: Kind, place: Place, writes: readonly string[]): string[] {
  const own = slot === "" ? `/projects/${place.rows[0]?.number ?? 0}` : `/projects/${place.project}/`;
  return writes.filter((request) => request.startsWith(`DELETE ${own}`)).map((request) => `was deleted: ${request}`);
}

function inState(declaration: Declaration, place: Place, resources: readonly Stored[]): string[] {
  const names = namesOf(declaration);
  return place.rows.flatMap((_, nth) => {
    const id = idOf(declaration.kind, place, nth);
    const owners = ownersOf(resources, id);
    if (owners.length === 1 && names.includes(owners[0] ?? "")) return [];
    return [`${id} is owned by ${owners.join(" and ") || "nobody"} instead of ${names.join(" or ")}`];
  });
}
