import { factOf } from "../facts";
import type { IntegrationFact } from "../facts/fact";
import type { Scope } from "../world/entities";
import type { World } from "../world/world";
import type { IntegrationRow } from "./row";

// In the order of the response, which has `comment_on_event_enabled` and `inherited` before the last.
const EVENT_DEFAULTS: Readonly<Record<string, boolean>> = {
  commit: true,
  push: true,
  issues: true,
  incident: false,
  alert: true,
  confidential_issues: true,
  merge_requests: true,
  tag_push: true,
  deployment: false,
  note: true,
  confidential_note: true,
  pipeline: true,
  wiki_page: true,
  job: true,
  vulnerability: false,
};

/** The event flags that a response shows, in order. */
export const EVENT_NAMES = Object.keys(EVENT_DEFAULTS);

/** The rows of a project, group or the instance. */
export function rowsOf(world: World, scope: Scope): IntegrationRow[] {
  const rows = world.state.integrations.filter((row) => row.scope.kind === scope.kind && row.scope.id === scope.id);
  for (const row of rows) load(world, row);
  return rows;
}

// What GitLab's models fill in whenever they read a row.
function load({ settings }: World, row: IntegrationRow): void {
  for (const { name, loaded } of factOf(row.slug, settings)?.fields ?? []) {
    if (loaded !== undefined) row.values[name] ??= loaded(row);
  }
}

/** One row, undefined when this integration was never set up here. */
export function findRow(world: World, scope: Scope, slug: string): IntegrationRow | undefined {
  return rowsOf(world, scope).find((row) => row.slug === slug);
}

/** A blank row with GitLab's defaults, not stored yet. */
export function newRow(world: World, scope: Scope, fact: IntegrationFact): IntegrationRow {
  const now = world.now();
  return {
    id: world.nextId("integration"),
    slug: fact.slug,
    scope: { kind: scope.kind, id: scope.id },
    createdAt: now,
    updatedAt: now,
    active: false,
    inheritFromId: null,
    commentOnEvents: fact.commentsByDefault ?? true,
    events: { ...EVENT_DEFAULTS, ...fact.eventDefaults },
    values: Object.fromEntries(fact.fields.map((field) => [field.name, field.initial ?? null])),
  };
}

/** Takes over the settings of another row, and follows it from then on. */
export function follow(row: IntegrationRow, source: IntegrationRow, now: string): void {
  row.inheritFromId = source.id;
  row.active = source.active;
  row.commentOnEvents = source.commentOnEvents;
  row.events = { ...source.events };
  row.values = { ...source.values };
  row.updatedAt = now;
}

/** What DELETE leaves of a row: no settings, but its event flags and its ancestry. */
export function disable(row: IntegrationRow, fact: IntegrationFact, now: string): void {
  row.active = false;
  row.updatedAt = now;
  row.values = Object.fromEntries(fact.fields.map((field) => [field.name, field.cleared ?? null]));
}
