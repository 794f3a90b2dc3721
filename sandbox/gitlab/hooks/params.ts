import { errorText, noRecord } from "../http/answer";
import type { Pair, Param, Params, Value } from "../http/params";
import { isAtLeast } from "../world/settings";
import type { World } from "../world/world";
import { flagNames, hasFlag, newFlags, type HookKind, type HookRow } from "./row";
import type { Scope } from "../world/entities";

const STRATEGIES = ["wildcard", "regex", "all_branches"];

/** The parameters of POST and PUT, which differ in whether the URL is required. */
export function hookParams(world: World, kind: HookKind, urlRequired: boolean): Params {
  const text: Param = { type: "string" };
  const boolean: Param = { type: "boolean" };
  return {
    url: { type: "string", required: urlRequired },
    name: text,
    description: text,
    ...Object.fromEntries(
      flagNames(kind)
        .filter((name) => hasFlag(world.settings, name))
        .map((name) => [name, boolean]),
    ),
    enable_ssl_verification: boolean,
    token: text,
    ...(isAtLeast(world.settings, 19, 0) ? { signing_token: text } : {}),
    push_events_branch_filter: text,
    branch_filter_strategy: { type: "string", values: STRATEGIES },
    ...(kind === "instance" ? {} : { custom_webhook_template: text }),
    url_variables: { type: "pairs" },
    custom_headers: { type: "pairs" },
    ...(kind === "project" && isAtLeast(world.settings, 19, 4) ? { duo_flow_callback_enabled: boolean } : {}),
  };
}

/** Whether a request says nothing: no declared parameter, or only empty lists. */
export function isEmpty(given: Readonly<Record<string, Value>>): boolean {
  return Object.values(given).every((value) => Array.isArray(value) && value.length === 0);
}

/** A hook with GitLab's defaults, not stored yet. */
export function newHook(world: World, scope: Scope): HookRow {
  const now = world.now();
  return {
    id: world.nextId("hook"),
    scope,
    createdAt: now,
    updatedAt: now,
    url: "",
    name: null,
    description: null,
    token: null,
    signingToken: null,
    flags: newFlags(scope.kind),
    enableSslVerification: true,
    branchFilter: null,
    branchFilterStrategy: "wildcard",
    template: null,
    duoFlowCallback: false,
    urlVariables: {},
    customHeaders: {},
    failures: 0,
    alertStatus: "executable",
    disabledUntil: null,
    events: [],
  };
}

/** Writes the given parameters into a hook; lists of pairs are merged into the stored ones. */
export function assign(world: World, hook: HookRow, given: Readonly<Record<string, Value>>): void {
  const text = (name: string, otherwise: string | null): string | null =>
    Object.hasOwn(given, name) ? (given[name] as string | null) : otherwise;
  hook.url = text("url", hook.url) ?? "";
  hook.name = text("name", hook.name);
  hook.description = text("description", hook.description);
  hook.token = text("token", hook.token);
  hook.signingToken = text("signing_token", hook.signingToken);
  hook.branchFilter = text("push_events_branch_filter", hook.branchFilter);
  hook.branchFilterStrategy = text("branch_filter_strategy", hook.branchFilterStrategy) ?? "wildcard";
  hook.template = text("custom_webhook_template", hook.template);
  for (const name of Object.keys(hook.flags)) {
    if (Object.hasOwn(given, name)) hook.flags[name] = given[name] as boolean | null;
  }
  if (typeof given.enable_ssl_verification === "boolean") hook.enableSslVerification = given.enable_ssl_verification;
  if (given.duo_flow_callback_enabled === true && !world.settings.featureFlags.includes("duo_flow_callback_hooks")) {
    throw errorText(400, "duo_flow_callback_enabled is not available");
  }
  if (typeof given.duo_flow_callback_enabled === "boolean") hook.duoFlowCallback = given.duo_flow_callback_enabled;
  hook.urlVariables = merge(hook.urlVariables, given.url_variables);
  hook.customHeaders = merge(hook.customHeaders, given.custom_headers);
}

/** The hook in the address. Raises 404. */
export function hookIn(world: World, scope: Scope, id: string): HookRow {
  const hook = world.state.hooks.find(
    (row) => String(row.id) === id && row.scope.kind === scope.kind && row.scope.id === scope.id,
  );
  if (hook === undefined) throw noRecord();
  return hook;
}

function merge(stored: Record<string, string>, pairs: Value | undefined): Record<string, string> {
  const added = (pairs ?? []) as readonly Pair[];
  return { ...stored, ...Object.fromEntries(added.map(({ key, value }) => [key, value])) };
}
