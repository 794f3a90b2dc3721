import { ApiError, message, serverError } from "../http/answer";
import type { Params, Value } from "../http/params";
import type { FieldValue, IntegrationFact } from "../facts/fact";
import { inspect } from "../validation/ruby";
import type { Scope } from "../world/entities";
import type { World } from "../world/world";
import { defaultFor, propagate } from "./inheritance";
import { findRow, follow, newRow } from "./rows";
import { type IntegrationRow } from "./row";
import { validate } from "./validation";

type Given = Readonly<Record<string, Value>>;

/** The parameters that PUT declares for an integration. */
export function putParams(fact: IntegrationFact): Params {
  const fields = fact.fields
    .filter((field) => field.readOnly !== true)
    .map((field) => [field.name, { type: field.type, required: field.required ?? false }] as const);
  const flags = fact.events.map((name) => `${name}_events`);
  if (fact.commentOnEvents !== undefined) flags.push("comment_on_event_enabled");
  return Object.fromEntries([
    ...fields,
    ...(fact.withoutAccessor ?? []).flatMap(({ names, type }) => names.map((name) => [name, { type }] as const)),
    ...[...flags, "use_inherited_settings"].map((name) => [name, { type: "boolean" }] as const),
  ]) as Params;
}

/**
 * Sets an integration up or changes it, as PUT does.
 * Raises 422 when it cannot be created by the API, 400 when no default can be inherited or the result is invalid,
 * 500 for parameters that GitLab cannot write.
 */
export function update(world: World, scope: Scope, fact: IntegrationFact, given: Given): IntegrationRow {
  const stored = findRow(world, scope, fact.slug);
  if (stored === undefined && fact.manualActivation === false) {
    throw message(422, `You cannot create the ${fact.title} integration from the API`);
  }
  // Changes are made to a copy, so that a refused update leaves nothing behind.
  const row = structuredClone(stored ?? build(world, scope, fact));
  const inherits = given.use_inherited_settings ?? row.inheritFromId !== null;
  if (inherits === true) inherit(world, row);
  else assign(world, row, fact, given);
  const others = world.state.integrations.filter(({ id }) => id !== row.id);
  world.state.integrations = [...others, row].sort((one, other) => one.id - other.id);
  if (scope.kind !== "project") propagate(world, row);
  return row;
}

function build(world: World, scope: Scope, fact: IntegrationFact): IntegrationRow {
  const row = newRow(world, scope, fact);
  if (scope.kind === "group") return row;
  const instance = findRow(world, { kind: "instance", id: 0 }, fact.slug);
  if (instance !== undefined) follow(row, instance, row.updatedAt);
  return row;
}

function inherit(world: World, row: IntegrationRow): void {
  const source = defaultFor(world, row.scope, row.slug);
  if (source === undefined) throw message(400, "Default integration not found.");
  follow(row, source, world.now());
}

function assign(world: World, row: IntegrationRow, fact: IntegrationFact, given: Given): void {
  if (fact.withoutAccessor?.some(({ names }) => names.some((name) => Object.hasOwn(given, name)))) throw serverError();
  row.inheritFromId = null;
  if (fact.manualActivation !== false) row.active = true;
  setValues(row, fact, given);
  for (const name of fact.events) {
    const value = given[`${name}_events`];
    if (typeof value === "boolean") row.events[name] = value;
  }
  if (fact.commentOnEvents !== undefined && typeof given.comment_on_event_enabled === "boolean") {
    row.commentOnEvents = given.comment_on_event_enabled;
  }
  const failures = validate(world, row, fact);
  if (Object.keys(failures).length > 0) throw invalid(inspect(failures, world.settings.rubyHashes));
  beforeSave(row, fact);
  row.updatedAt = world.now();
}

function beforeSave(row: IntegrationRow, { fields, eventsFollow }: IntegrationFact): void {
  for (const { name, stored } of fields) {
    if (stored !== undefined) row.values[name] = stored(row.values[name] ?? null);
  }
  for (const name of eventsFollow?.events ?? []) row.events[name] = row.values[eventsFollow?.field ?? ""] === true;
}

function setValues(row: IntegrationRow, fact: IntegrationFact, given: Given): void {
  const before = { ...row.values };
  for (const { name, readOnly } of fact.fields) {
    if (readOnly !== true && Object.hasOwn(given, name)) row.values[name] = given[name] as FieldValue;
  }
  for (const { name, normalize } of fact.fields) {
    if (normalize !== undefined) row.values[name] = normalize(row.values[name] ?? null, row.values);
  }
  const exposed = fact.fields.some(
    ({ name, resetsSecrets }) => resetsSecrets === true && (before[name] ?? null) !== (row.values[name] ?? null),
  );
  if (!exposed) return;
  for (const { name, secret } of fact.fields) {
    if (secret === true && !Object.hasOwn(given, name)) row.values[name] = null;
  }
}

function invalid(failures: string): ApiError {
  return message(400, `Failed to update integration. ${failures}`);
}
