import { message } from "../http/answer";
import { isLoopback } from "../validation/public-url";
import type { Project } from "../projects/row";
import type { World } from "../world/world";
import { eventName, loggedHeaders, requestOf, type HookRequest } from "./request";
import type { HookEvent, HookRow } from "./row";

/** What a hook can be tested with. */
export const TRIGGERS = [
  "confidential_issues_events",
  "confidential_note_events",
  "deployment_events",
  "emoji_events",
  "feature_flag_events",
  "issues_events",
  "job_events",
  "merge_requests_events",
  "milestone_events",
  "note_events",
  "pipeline_events",
  "push_events",
  "releases_events",
  "resource_access_token_events",
  "resource_deploy_token_events",
  "tag_push_events",
  "vulnerability_events",
  "wiki_page_events",
];

const UNTESTABLE = ["confidential_note_events", "deployment_events", "feature_flag_events"];

const NEEDS: Readonly<Record<string, string>> = {
  issues_events: "Ensure the project has issues.",
  confidential_issues_events: "Ensure the project has issues.",
  note_events: "Ensure the project has notes.",
  merge_requests_events: "Ensure the project has merge requests.",
  job_events: "Ensure the project has CI jobs.",
  pipeline_events: "Ensure the project has CI pipelines.",
  releases_events: "Ensure the project has releases.",
  wiki_page_events: "Ensure the wiki is enabled and has pages.",
};

const TIMEOUT_MS = 10_000;
const FAILURES_BEFORE_BACKOFF = 3;
const FAILURES_BEFORE_DISABLED = 39;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Raises 422 when there is nothing to build a test delivery from. */
export function demandTestData(world: World, hook: HookRow, trigger: string): void {
  if (UNTESTABLE.includes(trigger)) throw message(422, "Testing not available for this hook");
  if (hook.scope.kind === "group") {
    const scope = hook.scope;
    const has = world.state.projects.some(
      ({ id, hasContent }) => hasContent && world.isBelow({ kind: "project", id }, scope),
    );
    if (!has) throw message(422, "Ensure the group has a project with commits.");
    return;
  }
  const need = NEEDS[trigger];
  if (need !== undefined && world.project(hook.scope.id)?.hasContent !== true) throw message(422, need);
}

/** The content of a test delivery. */
export function testData(world: World, hook: HookRow, trigger: string): Record<string, unknown> {
  const project: Project | undefined = hook.scope.kind === "project" ? world.project(hook.scope.id) : undefined;
  return {
    object_kind: eventName(trigger),
    event_name: eventName(trigger),
    ...(project === undefined
      ? { group_id: hook.scope.id }
      : { project_id: project.id, project: { id: project.id, path_with_namespace: world.projectPath(project) } }),
  };
}

/**
 * Delivers to the hook's URL and keeps the outcome in its log; `origin` is where GitLab itself is reached. Only addresses of this machine are really called;
 * any other is taken to have answered 200.
 */
export async function deliver(
  world: World,
  hook: HookRow,
  trigger: string,
  data: Readonly<Record<string, unknown>>,
  origin: string,
): Promise<HookEvent> {
  const started = performance.now();
  const { request, outcome } = await attempt(() => requestOf(world, hook, trigger, data, origin));
  const event: HookEvent = {
    id: world.nextId("hook_event"),
    createdAt: world.now(),
    url: hook.url,
    trigger: `${eventName(trigger)}_hooks`,
    requestHeaders: loggedHeaders(hook, request?.headers ?? {}),
    requestData: data,
    responseHeaders: outcome.headers,
    responseBody: outcome.body,
    responseStatus: outcome.status,
    executionDuration: (performance.now() - started) / 1000,
  };
  hook.events.unshift(event);
  noteOutcome(hook, isSuccess(event));
  return event;
}

async function attempt(build: () => HookRequest): Promise<{ request?: HookRequest; outcome: Outcome }> {
  try {
    const request = build();
    if (!isLoopback(request.url)) return { request, outcome: { status: "200", headers: {}, body: "" } };
    return { request, outcome: await post(request) };
  } catch (problem) {
    return { outcome: failure(problem) };
  }
}

/** Whether the receiver took a delivery. */
export function isSuccess(event: HookEvent): boolean {
  return event.responseStatus.startsWith("2");
}

interface Outcome {
  readonly status: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function post({ url, headers, body }: HookRequest): Promise<Outcome> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    return {
      status: String(response.status),
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  } catch (problem) {
    return failure(problem);
  }
}

function failure(problem: unknown): Outcome {
  return { status: "internal error", headers: {}, body: problem instanceof Error ? problem.message : "" };
}

function noteOutcome(hook: HookRow, success: boolean): void {
  hook.failures = success ? 0 : hook.failures + 1;
  hook.alertStatus = "executable";
  hook.disabledUntil = null;
  if (hook.failures > FAILURES_BEFORE_DISABLED) {
    hook.alertStatus = "disabled";
  } else if (hook.failures > FAILURES_BEFORE_BACKOFF) {
    const backoff = Math.min(DAY_MS, MINUTE_MS * 2 ** (hook.failures - FAILURES_BEFORE_BACKOFF - 1));
    hook.alertStatus = "temporarily_disabled";
    hook.disabledUntil = new Date(Date.now() + backoff).toISOString();
  }
}
