import { created, errorText, forbidden, noContent, notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import { hookIn, hookParams, isEmpty } from "../hooks/params";
import { present } from "../hooks/response";
import type { HookKind, HookRow } from "../hooks/row";
import { changeMaps, createHook, updateHook } from "../hooks/save";
import type { Role } from "../world/access";
import type { Scope } from "../world/entities";
import { PARENTS, route, type Route } from "./route";

/** The role that may manage hooks at each level. */
const HOOK_ROLES: Readonly<Record<"project" | "group", Role>> = { project: "maintainer", group: "owner" };

const LEVELS: readonly { readonly kind: HookKind; readonly root: string }[] = [
  ...PARENTS,
  { kind: "instance", root: "" },
];

interface MapEndpoint {
  readonly segment: string;
  readonly field: "urlVariables" | "customHeaders";
  readonly missing: string;
  readonly refusal: string;
}

const MAPS: readonly MapEndpoint[] = [
  {
    segment: "url_variables",
    field: "urlVariables",
    missing: "URL variable",
    refusal: "Could not unset variable",
  },
  {
    segment: "custom_headers",
    field: "customHeaders",
    missing: "Custom header",
    refusal: "Could not unset custom header",
  },
];

/** Webhooks of both levels and of the instance, with their URL variables and custom headers. */
export const HOOK_ROUTES: readonly Route[] = LEVELS.flatMap(({ kind, root }) => [
  route("GET", `${root}/hooks`, (call) => list(call, kind)),
  route("GET", `${root}/hooks/:hook_id`, (call) => ok(present(hookOf(call, kind), call.world.settings, false))),
  route("POST", `${root}/hooks`, (call) => post(call, kind)),
  route("PUT", `${root}/hooks/:hook_id`, (call) => put(call, kind)),
  route("DELETE", `${root}/hooks/:hook_id`, (call) => remove(call, kind)),
  ...MAPS.flatMap((map) => [
    route("PUT", `${root}/hooks/:hook_id/${map.segment}/:key`, (call) => setKey(call, kind, map)),
    route("DELETE", `${root}/hooks/:hook_id/${map.segment}/:key`, (call) => unsetKey(call, kind, map)),
  ]),
]);

/** The hook in the address. Raises 403 and 404. */
export function hookOf(call: Call, kind: HookKind): HookRow {
  return hookIn(call.world, scopeOf(call, kind), call.segment("hook_id"));
}

function scopeOf(call: Call, kind: HookKind): Scope {
  if (kind !== "instance") return call.scope(kind, HOOK_ROLES[kind], "even archived");
  if (call.token.role !== "admin") throw forbidden();
  return { kind, id: 0 };
}

function list(call: Call, kind: HookKind): Answer {
  const scope = scopeOf(call, kind);
  const rows = call.world.state.hooks.filter((row) => row.scope.kind === kind && row.scope.id === scope.id);
  return paginate(call, rows, (row) => present(row, call.world.settings, true));
}

function post(call: Call, kind: HookKind): Answer {
  const scope = scopeOf(call, kind);
  const hook = createHook(call.world, scope, call.params(hookParams(call.world, kind, true)));
  return created(present(hook, call.world.settings, false));
}

function put(call: Call, kind: HookKind): Answer {
  const scope = scopeOf(call, kind);
  const given = call.params(hookParams(call.world, kind, false));
  const hook = hookIn(call.world, scope, call.segment("hook_id"));
  if (isEmpty(given)) throw errorText(400, "No parameters provided");
  return ok(present(updateHook(call.world, hook, given), call.world.settings, false));
}

function remove(call: Call, kind: HookKind): Answer {
  const hook = hookOf(call, kind);
  call.checkUnmodified(hook.updatedAt);
  call.world.state.hooks = call.world.state.hooks.filter((row) => row !== hook);
  return noContent();
}

function setKey(call: Call, kind: HookKind, { field }: MapEndpoint): Answer {
  const scope = scopeOf(call, kind);
  const { value } = call.params({ value: { type: "string", required: true } });
  const key = call.segment("key");
  const edit = (hook: HookRow): void => {
    hook[field] = { ...hook[field], [key]: (value as string | null) ?? "" };
  };
  changeMaps(call.world, hookIn(call.world, scope, call.segment("hook_id")), edit, "Illegal key or value");
  return noContent();
}

function unsetKey(call: Call, kind: HookKind, { field, missing, refusal }: MapEndpoint): Answer {
  const stored = hookOf(call, kind);
  const key = call.segment("key");
  if (!Object.hasOwn(stored[field], key)) throw notFound(missing);
  const edit = (hook: HookRow): void => {
    hook[field] = Object.fromEntries(Object.entries(hook[field]).filter(([name]) => name !== key));
  };
  changeMaps(call.world, stored, edit, refusal);
  return noContent();
}
