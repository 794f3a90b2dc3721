import { isAtLeast, type Settings } from "../world/settings";
import { LATER_FLAGS, hasFlag, type HookEvent, type HookKind, type HookRow } from "./row";

const keys = (map: Readonly<Record<string, string>>): { key: string }[] => Object.keys(map).map((key) => ({ key }));

/** A hook as GitLab shows it; lists of a project's hooks go without the two lists of keys. */
export function present(hook: HookRow, settings: Settings, inList: boolean): Record<string, unknown> {
  const { kind } = hook.scope;
  const short = inList && kind === "project";
  return {
    id: hook.id,
    url: hook.url,
    name: hook.name,
    description: hook.description,
    created_at: hook.createdAt,
    push_events: hook.flags.push_events,
    tag_push_events: hook.flags.tag_push_events,
    merge_requests_events: hook.flags.merge_requests_events,
    repository_update_events: hook.flags.repository_update_events ?? false,
    enable_ssl_verification: hook.enableSslVerification,
    alert_status: statusOf(hook),
    disabled_until: hook.disabledUntil,
    ...(short ? {} : { url_variables: keys(hook.urlVariables) }),
    push_events_branch_filter: hook.branchFilter,
    branch_filter_strategy: hook.branchFilterStrategy,
    custom_webhook_template: hook.template,
    ...(short ? {} : { custom_headers: keys(hook.customHeaders) }),
    ...(kind === "instance" ? {} : { [`${kind}_id`]: hook.scope.id }),
    ...Object.fromEntries(shownFlags(kind, settings).map((name) => [name, hook.flags[name] ?? null])),
    ...(isAtLeast(settings, 19, 0)
      ? { token_present: Boolean(hook.token), signing_token_present: Boolean(hook.signingToken) }
      : {}),
    ...(kind === "project" && isAtLeast(settings, 19, 4) ? { duo_flow_callback_enabled: hook.duoFlowCallback } : {}),
  };
}

function shownFlags(kind: HookKind, settings: Settings): string[] {
  return LATER_FLAGS[kind].filter((name) => hasFlag(settings, name));
}

/** A delivery as GitLab shows it. */
export function presentEvent(event: HookEvent): Record<string, unknown> {
  return {
    id: event.id,
    url: event.url,
    trigger: event.trigger,
    request_headers: event.requestHeaders,
    request_data: event.requestData,
    response_headers: event.responseHeaders,
    response_body: event.responseBody,
    execution_duration: event.executionDuration,
    response_status: event.responseStatus,
  };
}

function statusOf(hook: HookRow): HookRow["alertStatus"] {
  const isOver = hook.disabledUntil !== null && Date.parse(hook.disabledUntil) <= Date.now();
  return hook.alertStatus === "temporarily_disabled" && isOver ? "executable" : hook.alertStatus;
}
