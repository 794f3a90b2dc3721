import type { Client } from "../client";
import type { ApiPath, Query } from "../client/path";
import { askForDelivery } from "../resources/hook/delivery";
import { sendTestEvent, type projectTestEvents, type testEvents } from "../resources/hook/test-event";
import type { GroupHookSelector, ProjectHookSelector } from "./hooks";
import { defineAction, defineFunction, outputForm } from "./data-function";
import { rowsOf } from "./responses";
import { selectedPath } from "./selectors";

/** The events that GitLab can send as a test to a project's hook. */
export type ProjectHookTrigger = (typeof projectTestEvents)[number];
/** The events that GitLab can send as a test to a group's hook. */
export type GroupHookTrigger = (typeof testEvents)[number];

/** What became of a test. */
export interface HookTestResult {
  /** False in a preview, which sends nothing. */
  readonly sent: boolean;
}

/**
 * Has GitLab send a test event to a project's hook, and waits until the receiver took it. In a preview it does nothing.
 *
 * GitLab allows 5 test events a minute for the hooks of one project. Further ones wait for their turn, as long as
 * `gitlab:retries` and `gitlab:timeout` allow, and then fail with status 429.
 *
 * @throws HookDeliveryError when GitLab or the receiver refuses, with GitLab's status and without the receiver's answer
 * @see https://docs.gitlab.com/api/project_webhooks/#trigger-a-test-project-webhook
 */
export const testProjectHook = defineAction<
  ProjectHookSelector & { readonly trigger: ProjectHookTrigger },
  HookTestResult
>("testProjectHook", { sent: false }, async (client, args) => {
  await sendTestEvent(client, selectedPath("project", args.project, "hooks", args.hookId), args.trigger);
  return { sent: true };
});

/** {@link testProjectHook} for arguments that may be outputs. */
export const testProjectHookOutput = outputForm(testProjectHook);

/**
 * Has GitLab send a test event to a group's hook, and waits until the receiver took it. In a preview it does nothing.
 *
 * GitLab allows 5 test events a minute for the hooks of one group. Further ones wait for their turn, as long as
 * `gitlab:retries` and `gitlab:timeout` allow, and then fail with status 429.
 *
 * @throws HookDeliveryError when GitLab or the receiver refuses, with GitLab's status and without the receiver's answer
 * @see https://docs.gitlab.com/api/group_webhooks/#trigger-a-test-group-hook
 */
export const testGroupHook = defineAction<GroupHookSelector & { readonly trigger: GroupHookTrigger }, HookTestResult>(
  "testGroupHook",
  { sent: false },
  async (client, args) => {
    await sendTestEvent(client, selectedPath("group", args.group, "hooks", args.hookId), args.trigger);
    return { sent: true };
  },
);

/** {@link testGroupHook} for arguments that may be outputs. */
export const testGroupHookOutput = outputForm(testGroupHook);

/** One delivery of a hook, with what the receiver answered. */
export interface HookEvent {
  readonly id: number;
  readonly url: string;
  /** GitLab's name of the event: `push_hooks`. */
  readonly trigger: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** The payload, with GitLab's own names. */
  readonly requestData: unknown;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | null;
  /** An HTTP status as text, or `internal error` where none came. */
  readonly responseStatus: string;
  /** Seconds. */
  readonly executionDuration: number;
}

/** An HTTP status, or one of GitLab's names for 200 to 299, 400 to 499, and 500 to 599. */
export type HookEventStatus = number | "successful" | "client_failure" | "server_failure";

/** Which of a hook's deliveries. */
interface EventFilter {
  /** Only those that were answered so. Default: all. */
  readonly status?: HookEventStatus | readonly HookEventStatus[] | undefined;
  /** One page alone, from 1. Default: every page. */
  readonly page?: number | undefined;
  /** The size of a page, at most 20. @default 20 */
  readonly perPage?: number | undefined;
}

/** Which deliveries of a project's hook. */
export interface ProjectHookEventsArgs extends ProjectHookSelector, EventFilter {}
/** Which deliveries of a group's hook. */
export interface GroupHookEventsArgs extends GroupHookSelector, EventFilter {}

const largestPage = 20;

/**
 * What a project's hook delivered in the last 7 days, newest first, and what its receiver answered. GitLab 17.3 and later.
 *
 * Payloads and answers belong to third parties and may hold secrets: the output form is secret, and what this form
 * returns should be wrapped with `pulumi.secret` before it goes into an output.
 *
 * @throws GitLabError with status 404 when there is no such hook
 * @see https://docs.gitlab.com/api/project_webhooks/
 */
export const getProjectHookEvents = defineFunction<ProjectHookEventsArgs, HookEvent[]>(
  "getProjectHookEvents",
  (client, args) => eventsOf(client, selectedPath("project", args.project, "hooks", args.hookId, "events"), args),
);

/** {@link getProjectHookEvents} for arguments that may be outputs; the result is secret. */
export const getProjectHookEventsOutput = outputForm(getProjectHookEvents, { secret: true });

/**
 * What a group's hook delivered in the last 7 days, newest first, and what its receiver answered. GitLab 17.3 and later.
 *
 * Payloads and answers belong to third parties and may hold secrets: the output form is secret, and what this form
 * returns should be wrapped with `pulumi.secret` before it goes into an output.
 *
 * @throws GitLabError with status 404 when there is no such hook
 * @see https://docs.gitlab.com/api/group_webhooks/#get-group-hook-events
 */
export const getGroupHookEvents = defineFunction<GroupHookEventsArgs, HookEvent[]>(
  "getGroupHookEvents",
  (client, args) => eventsOf(client, selectedPath("group", args.group, "hooks", args.hookId, "events"), args),
);

/** {@link getGroupHookEvents} for arguments that may be outputs; the result is secret. */
export const getGroupHookEventsOutput = outputForm(getGroupHookEvents, { secret: true });

async function eventsOf(client: Client, path: ApiPath, { status, page, perPage }: EventFilter): Promise<HookEvent[]> {
  const query: Query = {
    per_page: Math.min(perPage ?? largestPage, largestPage),
    status: status === undefined ? undefined : [status].flat().join(","),
  };
  if (page !== undefined) {
    return rowsOf((await client.get(path, { ...query, page })).body, path, "event").map(eventOf);
  }
  const events: HookEvent[] = [];
  for await (const event of client.list(path, query)) events.push(eventOf(event));
  return events;
}

/** The names at the top are this package's; what lies deeper belongs to others and keeps its own. */
function eventOf(answer: unknown): HookEvent {
  const event = answer as Readonly<Record<string, unknown>>;
  return {
    id: event.id,
    url: event.url,
    trigger: event.trigger,
    requestHeaders: event.request_headers,
    requestData: event.request_data,
    responseHeaders: event.response_headers,
    responseBody: event.response_body ?? null,
    responseStatus: String(event.response_status),
    executionDuration: event.execution_duration,
  } as HookEvent;
}

/** What became of a delivery that was sent again. */
export interface HookResendResult {
  /** False in a preview, which sends nothing. */
  readonly sent: boolean;
  /** What the receiver answered this time: an HTTP status, or `internal error`. Undefined in a preview. */
  readonly responseStatus?: number | string;
}

const resendReasons = {
  422: "GitLab cannot send this event again: the URL of the hook has changed since.",
  429: "GitLab sends at most 5 events a minute again for the hooks of one project or group. Try again in a minute.",
};

/**
 * Has GitLab send a delivery of a project's hook once more. In a preview it does nothing. GitLab 17.4 and later.
 *
 * GitLab allows 5 a minute for the hooks of one project. Further ones wait for their turn, as long as `gitlab:retries` and
 * `gitlab:timeout` allow, and then fail with status 429.
 *
 * @throws HookDeliveryError when GitLab refuses; a receiver that refuses is no failure, but in the result
 * @see https://docs.gitlab.com/api/project_webhooks/
 */
export const resendProjectHookEvent = defineAction<
  ProjectHookSelector & { readonly eventId: number },
  HookResendResult
>("resendProjectHookEvent", { sent: false }, (client, args) =>
  resend(client, selectedPath("project", args.project, "hooks", args.hookId, "events", args.eventId, "resend")),
);

/** {@link resendProjectHookEvent} for arguments that may be outputs. */
export const resendProjectHookEventOutput = outputForm(resendProjectHookEvent);

/**
 * Has GitLab send a delivery of a group's hook once more. In a preview it does nothing. GitLab 17.4 and later.
 *
 * GitLab allows 5 a minute for the hooks of one group. Further ones wait for their turn, as long as `gitlab:retries` and
 * `gitlab:timeout` allow, and then fail with status 429.
 *
 * @throws HookDeliveryError when GitLab refuses; a receiver that refuses is no failure, but in the result
 * @see https://docs.gitlab.com/api/group_webhooks/#resend-group-hook-event
 */
export const resendGroupHookEvent = defineAction<GroupHookSelector & { readonly eventId: number }, HookResendResult>(
  "resendGroupHookEvent",
  { sent: false },
  (client, args) =>
    resend(client, selectedPath("group", args.group, "hooks", args.hookId, "events", args.eventId, "resend")),
);

/** {@link resendGroupHookEvent} for arguments that may be outputs. */
export const resendGroupHookEventOutput = outputForm(resendGroupHookEvent);

async function resend(client: Client, path: ApiPath): Promise<HookResendResult> {
  const { body } = await askForDelivery(client, path, resendReasons);
  const answer = (body as { readonly response_status?: number | string } | null | undefined)?.response_status;
  return { sent: true, ...(answer === undefined ? {} : { responseStatus: answer }) };
}
