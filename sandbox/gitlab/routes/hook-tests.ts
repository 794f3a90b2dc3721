import { created, errorText, featureLimitReached, message, noRecord, noRoute, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import { TRIGGERS, deliver, demandTestData, isSuccess, testData } from "../hooks/delivery";
import { presentEvent } from "../hooks/response";
import { hasFlag, type HookEvent } from "../hooks/row";
import { has } from "../world/settings";
import { hookOf } from "./hooks";
import { PARENTS, route, type Route } from "./route";

type Kind = "project" | "group";

const MAX_EVENTS_PER_PAGE = 20;
const WEEK_MS = 7 * 86_400_000;

/** Test deliveries of hooks, their log, and sending one again; a system hook knows one event to be tested with. */
export const HOOK_TEST_ROUTES: readonly Route[] = [
  route("POST", "/hooks/:hook_id", testSystemHook),
  ...PARENTS.flatMap(parentRoutes),
];

const SYSTEM_EVENT = {
  event_name: "project_create",
  name: "Ruby",
  path: "ruby",
  project_id: 1,
  owner_name: "Someone",
  owner_email: "example@gitlabhq.com",
};

async function testSystemHook(call: Call): Promise<Answer> {
  await deliver(call.world, hookOf(call, "instance"), "system_events", SYSTEM_EVENT, call.origin);
  return created(SYSTEM_EVENT);
}

function parentRoutes({ kind, root }: (typeof PARENTS)[number]): Route[] {
  return [
    route("POST", `${root}/hooks/:hook_id/test/:trigger`, (call) => test(call, kind)),
    route("GET", `${root}/hooks/:hook_id/events`, (call) => events(call, kind)),
    route("POST", `${root}/hooks/:hook_id/events/:log_id/resend`, (call) => resend(call, kind)),
  ];
}

async function test(call: Call, kind: Kind): Promise<Answer> {
  const hook = hookOf(call, kind);
  const trigger = call.segment("trigger");
  const isKnown = TRIGGERS.includes(trigger) && hasFlag(call.world.settings, trigger);
  if (!isKnown) throw errorText(400, "trigger does not have a valid value");
  demandCapacity(call, "test", hook.scope.id, kind);
  demandTestData(call.world, hook, trigger);
  const event = await deliver(call.world, hook, trigger, testData(call.world, hook, trigger), call.origin);
  if (!isSuccess(event)) throw message(422, event.responseBody);
  return created({ message: "201 Created" });
}

function events(call: Call, kind: Kind): Answer {
  if (!has(call.world.settings, { since: "17.3" })) throw noRoute();
  const since = Date.now() - WEEK_MS;
  const wanted = statusFilter(call.input.status);
  const rows = hookOf(call, kind).events.filter((event) => Date.parse(event.createdAt) > since && wanted(event));
  return paginate(call, rows, presentEvent, { maxPerPage: MAX_EVENTS_PER_PAGE });
}

async function resend(call: Call, kind: Kind): Promise<Answer> {
  if (!has(call.world.settings, { since: "17.4" })) throw noRoute();
  const hook = hookOf(call, kind);
  const event = hook.events.find(({ id }) => String(id) === call.segment("log_id"));
  demandCapacity(call, "resend", hook.scope.id, kind);
  if (event === undefined) throw noRecord();
  if (event.url !== hook.url) throw message(422, "The hook URL has changed, and this log entry cannot be retried");
  const trigger = event.trigger.replace(/_hooks$/, "_events");
  const again = await deliver(call.world, hook, trigger, event.requestData, call.origin);
  return created({ response_status: Number(again.responseStatus) || again.responseStatus });
}

function demandCapacity(call: Call, feature: string, id: number, kind: Kind): void {
  const { world } = call;
  const key = `${feature} ${kind} ${id} ${call.user.id}`;
  if (!world.featureLimiter.allow(key, world.settings.hookTestsPerMinute)) throw featureLimitReached();
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  successful: /^2/,
  client_failure: /^4/,
  server_failure: /^(5|internal error)/,
};

function statusFilter(raw: unknown): (event: HookEvent) => boolean {
  if (typeof raw !== "string" || raw === "") return () => true;
  const patterns = raw.split(",").map((name) => CLASSES[name.trim()] ?? new RegExp(`^${Number.parseInt(name, 10)}$`));
  return ({ responseStatus }) => patterns.some((pattern) => pattern.test(responseStatus));
}
