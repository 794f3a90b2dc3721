import type { Field, FieldValue, IntegrationFact } from "../facts/fact";
import type { Settings } from "../world/settings";
import { EVENT_NAMES } from "./rows";
import { type IntegrationRow } from "./row";

/** The short form of an integration, as lists show it: every event flag, whether it supports the event or not. */
export function basic(row: IntegrationRow, fact: IntegrationFact): Record<string, unknown> {
  const flags = EVENT_NAMES.map((name) => [`${name}_events`, row.events[name] ?? false] as const);
  return {
    id: row.id,
    title: fact.title,
    slug: fact.slug,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    active: row.active,
    ...Object.fromEntries(flags.slice(0, -1)),
    comment_on_event_enabled: row.commentOnEvents,
    inherited: row.inheritFromId !== null,
    ...Object.fromEntries(flags.slice(-1)),
  };
}

/** The full form: the short one and the settings that are neither secret nor webhooks. */
export function full(row: IntegrationRow, fact: IntegrationFact, settings: Settings): Record<string, unknown> {
  return { ...basic(row, fact), properties: properties(row, fact, settings) };
}

function properties(row: IntegrationRow, fact: IntegrationFact, settings: Settings): Record<string, FieldValue> {
  if (fact.fieldsWhileActive === true && !row.active) return {};
  const visible = fact.fields.filter((field) => isVisible(field, row, settings));
  return Object.fromEntries(visible.map((field) => [field.name, read(field, row)]));
}

function isVisible(field: Field, row: IntegrationRow, { featureFlags }: Settings): boolean {
  if (field.flag !== undefined && !featureFlags.includes(field.flag)) return false;
  if (field.secret === true || field.writeOnly === true) return false;
  return field.groupOnly !== true || row.scope.kind === "group";
}

function read(field: Field, row: IntegrationRow): FieldValue {
  const value = row.values[field.name] ?? null;
  return field.shown === undefined ? value : field.shown(value, row.values);
}
