import { randomUUID } from "node:crypto";
import type { World } from "../world/world";
import type { HookRow } from "./row";
import { rendered } from "./template";
import { interpolated } from "./validation";

/** What a hook sends: the address with its variables filled in, every header, and the body as text. */
export interface HookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What stands for a secret in the log of deliveries. */
const REDACTED = "[REDACTED]";

/**
 * The request that a hook would send now.
 *
 * @param origin where GitLab itself is reached
 * @throws Error when the hook's template makes no JSON of the data
 */
export function requestOf(
  world: World,
  hook: HookRow,
  trigger: string,
  data: Readonly<Record<string, unknown>>,
  origin: string,
): HookRequest {
  return {
    url: interpolated(hook),
    headers: {
      "Content-Type": "application/json",
      "User-Agent": `GitLab/${world.settings.version}`,
      "Idempotency-Key": randomUUID(),
      "X-Gitlab-Event": eventHeader(trigger),
      "X-Gitlab-Webhook-UUID": `00000000-0000-4000-8000-${hook.id.toString(16).padStart(12, "0")}`,
      "X-Gitlab-Instance": origin,
      "X-Gitlab-Event-UUID": randomUUID(),
      ...(hook.token ? { "X-Gitlab-Token": hook.token } : {}),
      ...hook.customHeaders,
    },
    body: hook.template ? rendered(hook.template, data) : JSON.stringify(data),
  };
}

/** Headers as the log of deliveries keeps them: without the token and the values of custom headers. */
export function loggedHeaders(hook: HookRow, headers: Readonly<Record<string, string>>): Record<string, string> {
  const secret = ["X-Gitlab-Token", ...Object.keys(hook.customHeaders)];
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secret.includes(name) ? REDACTED : value]),
  );
}

/** Events whose flag is in the plural while their hook's name is not. */
const SINGULAR: Readonly<Record<string, string>> = {
  issues: "issue",
  confidential_issues: "confidential_issue",
  merge_requests: "merge_request",
  releases: "release",
};

/** An event's name out of its flag: `issue` for `issues_events`. */
export function eventName(trigger: string): string {
  const name = trigger.replace(/_events$/, "");
  return SINGULAR[name] ?? name;
}

function eventHeader(trigger: string): string {
  const words = eventName(trigger).split("_");
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ")} Hook`;
}
