import { factOf } from "../facts";
import type { Scope } from "../world/entities";
import type { World } from "../world/world";
import { findRow, follow, newRow } from "./rows";
import { type IntegrationRow } from "./row";

const INSTANCE: Scope = { kind: "instance", id: 0 };

/** The row a project or group inherits from: that of the nearest group above, else of the instance. */
export function defaultFor(world: World, scope: Scope, slug: string): IntegrationRow | undefined {
  const above: Scope[] = [...world.ancestors(scope).map(({ id }): Scope => ({ kind: "group", id })), INSTANCE];
  return above.map((level) => findRow(world, level, slug)).find((row) => row?.inheritFromId === null);
}

/** Gives a new project or group the active integrations of the levels above. */
export function createRowsFromDefaults(world: World, scope: Scope): void {
  for (const slug of new Set(world.state.integrations.map((row) => row.slug))) {
    const source = defaultFor(world, scope, slug);
    if (source?.active === true) createFollower(world, scope, source);
  }
}

/** Carries a changed group or instance row down to everything that follows it or has none of its own. */
export function propagate(world: World, changed: IntegrationRow): void {
  const { slug } = changed;
  // Whoever followed a row that now follows another one follows that one too.
  const source = world.state.integrations.find(({ id }) => id === changed.inheritFromId) ?? changed;
  for (const row of world.state.integrations) {
    const follows = row.inheritFromId === changed.id || followsDefault(world, row, source);
    if (row !== source && row.slug === slug && follows) follow(row, source, world.now());
  }
  const below: Scope[] = [
    ...world.state.groups.map(({ id }): Scope => ({ kind: "group", id })),
    ...world.state.projects.map(({ id }): Scope => ({ kind: "project", id })),
  ];
  for (const scope of below) {
    if (!world.isBelow(scope, changed.scope) || findRow(world, scope, slug) !== undefined) continue;
    if (source.active) createFollower(world, scope, source);
  }
}

function followsDefault(world: World, row: IntegrationRow, source: IntegrationRow): boolean {
  return row.inheritFromId !== null && defaultFor(world, row.scope, row.slug) === source;
}

function createFollower(world: World, scope: Scope, source: IntegrationRow): void {
  const fact = factOf(source.slug, world.settings);
  if (fact === undefined || scope.kind === "instance" || !fact.scopes.includes(scope.kind)) return;
  const row = newRow(world, scope, fact);
  follow(row, source, world.now());
  world.state.integrations.push(row);
}
