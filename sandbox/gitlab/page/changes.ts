import { ApiError, message, notFound } from "../http/answer";
import { pickDeclared, type Input } from "../http/params";
import { factOf } from "../facts";
import { deliver, demandTestData, testData, TRIGGERS } from "../hooks/delivery";
import { hookIn, hookParams } from "../hooks/params";
import { updateHook } from "../hooks/save";
import { propagate } from "../integrations/inheritance";
import { findRow } from "../integrations/rows";
import { type IntegrationRow } from "../integrations/row";
import { putParams, update } from "../integrations/update";
import { validate } from "../integrations/validation";
import { assign, findRule, RULE_PARAMS } from "../push-rules/rules";
import type { World } from "../world/world";
import { isProject, scopeOf, type Place } from "./place";

// What somebody does on GitLab's pages. Each raises an ApiError where those refuse it.

/** Changes a hook. Values that are not given stay. */
export function changeHook(world: World, place: Place, id: string, given: Input): void {
  const scope = scopeOf(place);
  updateHook(world, hookIn(world, scope, id), pickDeclared(hookParams(world, scope.kind, false), given));
}

/** Deletes a hook. */
export function deleteHook(world: World, place: Place, id: string): void {
  const hook = hookIn(world, scopeOf(place), id);
  world.state.hooks = world.state.hooks.filter((row) => row !== hook);
}

/** Sends a test event. Whatever the receiver answers is in the hook's deliveries. */
export async function testHook(
  world: World,
  place: Place,
  { id, trigger, origin }: { readonly id: string; readonly trigger: string; readonly origin: string },
): Promise<void> {
  const hook = hookIn(world, scopeOf(place), id);
  if (!TRIGGERS.includes(trigger)) throw message(422, "Testing not available for this hook");
  demandTestData(world, hook, trigger);
  await deliver(world, hook, trigger, testData(world, hook, trigger), origin);
}

/** Changes an integration's settings, which are its own from then on. Values that are not given stay. */
export function changeIntegration(world: World, place: Place, slug: string, given: Input): void {
  const { fact } = integrationIn(world, place, slug);
  // What must be sent with every request over the API stays as it is here.
  const params = Object.entries(putParams(fact)).map(([name, param]) => [name, { ...param, required: false }] as const);
  const values = pickDeclared(Object.fromEntries(params), given);
  update(world, scopeOf(place), fact, { ...values, use_inherited_settings: false });
}

/** Switches an integration on or off. Off, it keeps its settings. */
export function switchIntegration(world: World, place: Place, slug: string, active: boolean): void {
  const { fact, row } = integrationIn(world, place, slug);
  const changed: IntegrationRow = { ...row, active, inheritFromId: null };
  const failures = validate(world, changed, fact);
  const [first] = Object.entries(failures);
  if (first !== undefined) throw message(422, `${first[0]} ${first[1].join(", ")}`);
  Object.assign(row, { active, inheritFromId: null, updatedAt: world.now() });
  if (row.scope.kind !== "project") propagate(world, row);
}

/** Changes push rules. Values that are not given stay. */
export function changePushRule(world: World, place: Place, given: Input): void {
  const rule = findRule(world, scopeOf(place));
  if (rule === undefined) throw notFound("Push rule");
  assign(world, rule, pickDeclared(RULE_PARAMS, given));
}

/** Deletes push rules. */
export function deletePushRule(world: World, place: Place): void {
  const rule = findRule(world, scopeOf(place));
  if (rule === undefined) throw notFound("Push rule");
  world.state.pushRules = world.state.pushRules.filter((row) => row !== rule);
}

/** Archives a project or takes it out of the archive. */
export function archiveProject(world: World, place: Place, archived: boolean): void {
  if (!isProject(place)) throw notFound("Project");
  if (place.markedForDeletionOn !== null) {
    throw message(422, "Cannot archive project since it is scheduled for deletion.");
  }
  place.archived = archived;
  place.updatedAt = world.now();
}

/** What an ApiError says, in one line for a reader. */
export function reasonOf({ body }: ApiError): string {
  const { message: text, error } = body as { readonly message?: unknown; readonly error?: unknown };
  const reason = text ?? error;
  return typeof reason === "string" ? reason : JSON.stringify(reason);
}

function integrationIn(world: World, place: Place, slug: string) {
  const fact = factOf(slug, world.settings);
  const row = fact === undefined ? undefined : findRow(world, scopeOf(place), fact.slug);
  if (fact === undefined || row === undefined) throw notFound("Integration");
  return { fact, row };
}
