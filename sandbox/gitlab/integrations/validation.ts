import { factOf } from "../facts";
import type { Field, IntegrationFact, RuleContext } from "../facts/fact";
import { fail, type Failures } from "../validation/ruby";
import type { World } from "../world/world";
import { rowsOf } from "./rows";
import { type IntegrationRow } from "./row";

const ONE_TRACKER = "Another issue tracker is already in use. Only one issue tracker service can be active at a time";

/** What keeps a row from being saved; empty when nothing does. Inactive rows are not checked. */
export function validate(world: World, row: IntegrationRow, fact: IntegrationFact): Failures {
  const failures: Failures = {};
  if (!row.active) return failures;
  const context = { values: row.values, settings: world.settings };
  for (const field of fact.fields) {
    for (const problem of problemsOf(field, context)) fail(failures, field.failsAs ?? field.name, problem);
  }
  for (const [attribute, problem] of Object.entries(fact.check?.(context) ?? {})) fail(failures, attribute, problem);
  if (row.scope.kind === "project" && fact.issueTracker === true && hasOtherTracker(world, row)) {
    fail(failures, "base", ONE_TRACKER);
  }
  return failures;
}

function problemsOf(field: Field, context: RuleContext): string[] {
  const value = context.values[field.name] ?? null;
  const isBlank = value === null || (typeof value === "string" && value.trim() === "");
  if (!isBlank) return (field.rules ?? []).flatMap((rule) => rule(value, context) ?? []);
  if (field.whenBlank !== undefined) return [field.whenBlank(context) ?? []].flat();
  return field.required === true ? ["can't be blank"] : [];
}

function hasOtherTracker(world: World, row: IntegrationRow): boolean {
  return rowsOf(world, row.scope).some(
    (other) => other.id !== row.id && other.active && factOf(other.slug, world.settings)?.issueTracker === true,
  );
}
