import { message, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import type { NotificationRow } from "../notifications/row";
import type { Scope } from "../world/entities";
import { route, type Route } from "./route";

const LEVELS = ["disabled", "participating", "watch", "global", "mention", "custom"];

const EVENTS = [
  "new_release",
  "new_note",
  "new_issue",
  "reopen_issue",
  "close_issue",
  "reassign_issue",
  "issue_due",
  "new_merge_request",
  "push_to_merge_request",
  "reopen_merge_request",
  "close_merge_request",
  "reassign_merge_request",
  "change_reviewer_merge_request",
  "merge_merge_request",
  "failed_pipeline",
  "fixed_pipeline",
  "success_pipeline",
  "moved_project",
  "merge_when_pipeline_succeeds",
];

const SERVICE_ACCOUNTS = [
  "service_account_failed_pipeline",
  "service_account_success_pipeline",
  "service_account_fixed_pipeline",
];

/** What the columns hold that are never empty; every other event is null until somebody sets it. */
const PRESET: Readonly<Record<string, boolean>> = {
  moved_project: true,
  merge_when_pipeline_succeeds: false,
  approver: false,
  ...Object.fromEntries(SERVICE_ACCOUNTS.map((name) => [name, false])),
};

const EVENTS_OF: Readonly<Record<Scope["kind"], readonly string[]>> = {
  instance: [...EVENTS, "new_epic", "approver", ...SERVICE_ACCOUNTS],
  group: [...EVENTS, "new_epic", ...SERVICE_ACCOUNTS],
  project: [...EVENTS, "approver", ...SERVICE_ACCOUNTS],
};

/** Notification settings of the caller at the three levels. */
export const NOTIFICATION_ROUTES: readonly Route[] = (
  [
    ["", () => ({ kind: "instance", id: 0 })],
    ["/groups/:id", (call) => ({ kind: "group", id: call.group("none").id })],
    ["/projects/:id", (call) => ({ kind: "project", id: call.project("none", "even archived").id })],
  ] as [string, (call: Call) => Scope][]
).flatMap(([root, scopeOf]) => [
  route("GET", `${root}/notification_settings`, (call) => ok(present(rowFor(call, scopeOf(call))))),
  route("PUT", `${root}/notification_settings`, (call) => put(call, scopeOf(call))),
]);

function put(call: Call, scope: Scope): Answer {
  const names = EVENTS_OF[scope.kind];
  const given = call.params({
    level: { type: "string" },
    ...(scope.kind === "instance" ? { notification_email: { type: "string" } } : {}),
    ...Object.fromEntries(names.map((name) => [name, { type: "boolean" }])),
  });
  const row = rowFor(call, scope);
  const level = (given.level as string | null | undefined) ?? row.level;
  if (!LEVELS.includes(level)) throw message(400, `'${level}' is not a valid level`);
  const email = given.notification_email;
  if (typeof email === "string" && email !== call.user.email) {
    throw message(400, { notification_email: ["is not an email you own"] });
  }
  row.level = level;
  if (typeof email === "string") row.email = email;
  for (const name of names) {
    if (Object.hasOwn(given, name)) row.events[name] = given[name] as boolean | null;
  }
  return ok(present(row));
}

function present(row: NotificationRow): Record<string, unknown> {
  return {
    level: row.level,
    ...(row.scope.kind === "instance" ? { notification_email: row.email } : {}),
    ...(row.level === "custom" ? { events: row.events } : {}),
  };
}

function rowFor(call: Call, scope: Scope): NotificationRow {
  const { notifications } = call.world.state;
  const stored = notifications.find(
    (row) => row.userId === call.user.id && row.scope.kind === scope.kind && row.scope.id === scope.id,
  );
  if (stored !== undefined) return stored;
  const events = EVENTS_OF[scope.kind].map((name) => [name, PRESET[name] ?? null] as const);
  const row: NotificationRow = {
    userId: call.user.id,
    scope,
    level: scope.kind === "instance" ? "participating" : "global",
    email: scope.kind === "instance" ? call.user.email : null,
    events: Object.fromEntries(events),
  };
  notifications.push(row);
  return row;
}
