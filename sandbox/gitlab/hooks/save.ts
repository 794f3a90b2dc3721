import { errorText, message, type ApiError } from "../http/answer";
import type { Value } from "../http/params";
import { sentences, type Failures } from "../validation/ruby";
import type { Scope } from "../world/entities";
import type { World } from "../world/world";
import { assign, newHook } from "./params";
import type { HookRow } from "./row";
import { applyResets, validate } from "./validation";

type Given = Readonly<Record<string, Value>>;

/** Makes a hook. Raises 422 when it is invalid or its project or group has too many. */
export function createHook(world: World, scope: Scope, given: Given): HookRow {
  const hook = newHook(world, scope);
  assign(world, hook, given);
  const failures = settled(world, hook);
  const refusal = wellKnown(failures) ?? (failures.custom_headers && customHeaders(failures));
  if (refusal !== undefined) throw refusal;
  if (Object.keys(failures).length > 0) throw errorText(422, sentences(failures));
  demandRoom(world, scope);
  world.state.hooks.push(hook);
  return hook;
}

/** Changes a hook. Raises 422 and leaves it alone when the result would be invalid. */
export function updateHook(world: World, stored: HookRow, given: Given): HookRow {
  const failures = change(world, stored, Object.hasOwn(given, "token"), (hook) => {
    assign(world, hook, given);
  });
  const refusal = wellKnown(failures);
  if (refusal !== undefined) throw refusal;
  if (failures.custom_headers !== undefined) {
    throw errorText(422, `Custom headers validation failed: ${failures.custom_headers.join(", ")}`);
  }
  if (Object.keys(failures).length > 0) throw message(422, failures);
  return stored;
}

/** Changes a hook's maps. Raises 422 with the given text and leaves it alone when the result would be invalid. */
export function changeMaps(world: World, stored: HookRow, edit: (hook: HookRow) => void, refusal: string): void {
  if (Object.keys(change(world, stored, false, edit)).length > 0) throw errorText(422, refusal);
}

function change(world: World, stored: HookRow, tokenGiven: boolean, edit: (hook: HookRow) => void): Failures {
  const changed = structuredClone(stored);
  edit(changed);
  applyResets(changed, stored, tokenGiven);
  const failures = settled(world, changed);
  if (Object.keys(failures).length === 0) Object.assign(stored, changed, { updatedAt: world.now() });
  return failures;
}

function settled(world: World, hook: HookRow): Failures {
  if (hook.branchFilterStrategy === "all_branches") hook.branchFilter = null;
  return validate(hook, world.settings.allowLocalRequests);
}

function wellKnown(failures: Failures): ApiError | undefined {
  if (failures.url !== undefined) return errorText(422, "Invalid url given");
  if (failures.push_events_branch_filter !== undefined) return errorText(422, "Invalid branch filter given");
  return undefined;
}

function customHeaders(failures: Failures): ApiError {
  return errorText(422, `Custom headers ${failures.custom_headers?.join(", ") ?? ""}`);
}

function demandRoom(world: World, scope: Scope): void {
  if (scope.kind === "instance") return;
  const most = world.settings.hookLimits[scope.kind];
  const present = world.state.hooks.filter((row) => row.scope.kind === scope.kind && row.scope.id === scope.id);
  if (present.length >= most) throw errorText(422, `Maximum number of ${scope.kind} hooks (${most}) exceeded`);
}
