import * as pulumi from "@pulumi/pulumi";
import { startSandbox, type Sandbox } from "gitlab-sandbox";
import * as gitlab from "../../provider";
import { asProgram, known, sandboxOfProgram, type ProgramSandbox } from "./support/program";
import { receiver, type Receiver } from "./support/receiver";

let sandbox: Sandbox;
let target: Receiver;
let stop: ProgramSandbox["stop"];

beforeEach(async () => {
  target = await receiver();
  ({ sandbox, stop } = await sandboxOfProgram({ allowLocalRequests: true }));
});

afterEach(async () => {
  await stop();
  await target.stop();
});

async function post(path: string, body: unknown): Promise<{ id: number }> {
  const response = await fetch(`${sandbox.url}/api/v4${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${sandbox.token}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { id: number };
}

const hook = () => ({
  url: `${target.url}/{room}`,
  token: "hush",
  custom_headers: [{ key: "X-Team", value: "shop" }],
  url_variables: [{ key: "room", value: "blue" }],
});

test("hooks of both levels, one and all of them", async () => {
  const { id } = await post("/projects/42/hooks", hook());
  for (let count = 1; count < 100; count += 1) await post("/projects/42/hooks", { url: `${target.url}/${count}` });
  const one = await gitlab.getProjectHook({ project: "acme/shop", hookId: id });
  expect(one).toMatchObject({
    id,
    projectId: 42,
    url: `${target.url}/{room}`,
    pushEvents: true,
    confidentialNoteEvents: null,
    customHeaders: ["X-Team"],
    urlVariables: ["room"],
    tokenPresent: true,
    alertStatus: "executable",
  });
  sandbox.control.configure({ hookLimits: { project: 200, group: 200 } });
  await post("/projects/42/hooks", { url: `${target.url}/over-a-page` });
  const every = await gitlab.getProjectHooks({ project: "projects/42" });
  expect(every).toHaveLength(101);
  expect(every[0]).not.toHaveProperty("customHeaders");

  const { id: groupHook } = await post("/groups/9/hooks", hook());
  expect(await gitlab.getGroupHook({ group: 9, hookId: groupHook })).toMatchObject({ groupId: 9, memberEvents: false });
  expect(await gitlab.getGroupHooks({ group: "acme" })).toMatchObject([{ id: groupHook, customHeaders: ["X-Team"] }]);
  await expect(gitlab.getGroupHook({ group: 9, hookId: 77 })).rejects.toMatchObject({ status: 404 });
  const { value, secret } = await known(gitlab.getGroupHookOutput({ group: pulumi.output(9), hookId: groupHook }));
  expect([value.id, secret]).toEqual([groupHook, false]);
});

test("tests hooks, whose receiver's refusal is told by its status alone", async () => {
  const { id } = await post("/projects/42/hooks", hook());
  const { id: groupHook } = await post("/groups/9/hooks", hook());
  expect(await gitlab.testProjectHook({ project: 42, hookId: id, trigger: "push_events" })).toEqual({ sent: true });
  expect(await gitlab.testGroupHook({ group: 9, hookId: groupHook, trigger: "issues_events" })).toEqual({ sent: true });
  expect(target.deliveries.map(({ path, headers }) => [path, headers["x-gitlab-event"]])).toEqual([
    ["/blue", "Push Hook"],
    ["/blue", "Issue Hook"],
  ]);
  target.answer(500, "internals of the receiver");
  const failure: unknown = await gitlab
    .testGroupHook({ group: 9, hookId: groupHook, trigger: "push_events" })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(gitlab.HookDeliveryError);
  expect((failure as gitlab.HookDeliveryError).status).toBe(422);
  expect((failure as Error).message).toMatch(/^POST \/groups\/9\/hooks\/2\/test\/push_events: 422\. GitLab could not/);
  expect((failure as Error).message).not.toContain("internals");
});

test("a preview sends nothing", async () => {
  const { id } = await post("/groups/9/hooks", hook());
  await asProgram({ preview: true });
  expect(await gitlab.testGroupHook({ group: 9, hookId: id, trigger: "push_events" })).toEqual({ sent: false });
  expect(await gitlab.testProjectHook({ project: 42, hookId: 1, trigger: "push_events" })).toEqual({ sent: false });
  expect(await gitlab.resendGroupHookEvent({ group: 9, hookId: id, eventId: 1 })).toEqual({ sent: false });
  expect(await gitlab.resendProjectHookEvent({ project: 42, hookId: id, eventId: 1 })).toEqual({ sent: false });
  expect(sandbox.control.requests().filter(({ path }) => /test|resend/.test(path))).toEqual([]);
  expect(await gitlab.getGroupHooks({ group: 9 })).toHaveLength(1);
});

test("five tests a minute: the sixth says so when it cannot wait", async () => {
  const { id } = await post("/groups/9/hooks", hook());

  const hasty = new gitlab.Provider("hasty", { baseUrl: sandbox.url, token: sandbox.token, retries: 0 });
  const once = () => gitlab.testGroupHook({ group: 9, hookId: id, trigger: "push_events" }, { provider: hasty });
  for (let count = 0; count < 5; count += 1) await once();
  await expect(once()).rejects.toThrow(/: 429\. .*at most 5 test events a minute/);
});

interface Level {
  /** The path of the project or group, below which its hooks are. */
  readonly path: string;
  readonly payload: Record<string, unknown>;
  readonly test: (hookId: number, options?: gitlab.InvokeOptions) => Promise<unknown>;
  readonly events: (hookId: number, filter?: Filter) => Promise<gitlab.HookEvent[]>;
  readonly eventsOutput: (hookId: number, filter: Filter) => pulumi.Output<gitlab.HookEvent[]>;
  readonly resend: (hookId: number, eventId: number) => Promise<gitlab.HookResendResult>;
}

type Filter = Pick<gitlab.GroupHookEventsArgs, "status" | "page" | "perPage">;

const levels: readonly (readonly [string, Level])[] = [
  [
    "project",
    {
      path: "/projects/42",
      payload: { object_kind: "push", event_name: "push", project_id: 42 },
      test: (hookId) => gitlab.testProjectHook({ project: 42, hookId, trigger: "push_events" }),
      events: (hookId, filter = {}) => gitlab.getProjectHookEvents({ project: "acme/shop", hookId, ...filter }),
      eventsOutput: (hookId, filter) =>
        gitlab.getProjectHookEventsOutput({ project: "acme/shop", hookId: pulumi.output(hookId), ...filter }),
      resend: (hookId, eventId) => gitlab.resendProjectHookEvent({ project: 42, hookId, eventId }),
    },
  ],
  [
    "group",
    {
      path: "/groups/9",
      payload: { object_kind: "push", event_name: "push", group_id: 9 },
      test: (hookId) => gitlab.testGroupHook({ group: 9, hookId, trigger: "push_events" }),
      events: (hookId, filter = {}) => gitlab.getGroupHookEvents({ group: "acme", hookId, ...filter }),
      eventsOutput: (hookId, filter) =>
        gitlab.getGroupHookEventsOutput({ group: "acme", hookId: pulumi.output(hookId), ...filter }),
      resend: (hookId, eventId) => gitlab.resendGroupHookEvent({ group: 9, hookId, eventId }),
    },
  ],
];

describe.each(levels)("of a %s's hook", (_, level) => {
  test("events by status and by page, with their payload's own names, and secret as an output", async () => {
    sandbox.control.configure({ hookTestsPerMinute: 0 });
    const { id } = await post(`${level.path}/hooks`, hook());
    const deliver = () => level.test(id).catch(() => undefined);
    for (let count = 0; count < 23; count += 1) await deliver();
    target.answer(404, "what the receiver says");
    await deliver();
    target.answer(200);
    const all = await level.events(id);
    expect(all).toHaveLength(24);
    expect(all[0]).toMatchObject({
      trigger: "push_hooks",
      requestData: level.payload,
      requestHeaders: { "X-Gitlab-Token": "[REDACTED]", "Content-Type": "application/json" },
      responseStatus: "404",
      responseBody: "what the receiver says",
    });
    expect(await level.events(id, { page: 2 })).toHaveLength(4);
    expect(await level.events(id, { page: 1, perPage: 3 })).toHaveLength(3);
    expect(await level.events(id, { perPage: 100 })).toHaveLength(24);
    expect(await level.events(id, { status: "client_failure" })).toHaveLength(1);
    expect(await level.events(id, { status: ["server_failure", 404] })).toHaveLength(1);
    expect(await level.events(id, { status: 200 })).toHaveLength(23);
    const { value, secret } = await known(level.eventsOutput(id, { status: "client_failure" }));
    expect([value.length, secret]).toEqual([1, true]);
    await expect(level.events(id + 1)).rejects.toMatchObject({ status: 404 });
  });

  test("an event is sent again, unless the URL has changed", async () => {
    const { id } = await post(`${level.path}/hooks`, hook());
    await level.test(id);
    const [event] = await level.events(id);
    const again = () => level.resend(id, event?.id ?? 0);
    expect(await again()).toEqual({ sent: true, responseStatus: 200 });
    target.answer(503);
    expect(await again()).toEqual({ sent: true, responseStatus: 503 });
    expect(target.deliveries).toHaveLength(3);
    await expect(level.resend(id, 99)).rejects.toMatchObject({ status: 404 });
    const stored = sandbox.control.world.state.hooks[0];
    if (stored) stored.url = `${target.url}/other`;
    await expect(again()).rejects.toThrow(/: 422\. .*the URL of the hook has changed/);
  });
});

test("push rules and notification settings", async () => {
  expect(await gitlab.getProjectPushRule({ project: 42 })).toBeUndefined();
  expect(await gitlab.getGroupPushRule({ group: 9 })).toBeUndefined();
  await post("/projects/42/push_rule", { commit_message_regex: "^x", reject_unsigned_commits: false });
  await post("/groups/9/push_rule", { max_file_size: 3 });
  expect(await gitlab.getProjectPushRule({ project: "acme/shop" })).toMatchObject({
    projectId: 42,
    commitMessageRegex: "^x",
    rejectUnsignedCommits: null,
  });
  expect(await gitlab.getGroupPushRule({ group: "acme" })).toMatchObject({ maxFileSize: 3 });
  await expect(gitlab.getProjectPushRule({ project: "no/such" })).rejects.toMatchObject({ status: 404 });
  expect((await known(gitlab.getProjectPushRuleOutput({ project: pulumi.output(42) }))).value?.projectId).toBe(42);
  expect((await known(gitlab.getGroupPushRuleOutput({ group: 9 }))).value?.maxFileSize).toBe(3);

  expect(await gitlab.getNotificationSettings()).toEqual({
    level: "participating",
    notificationEmail: "root@example.com",
  });
  expect(await gitlab.getNotificationSettings({ group: "acme" })).toEqual({ level: "global" });
  expect(await gitlab.getNotificationSettings({ project: "projects/42" })).toEqual({ level: "global" });
  const output = gitlab.getNotificationSettingsOutput({ project: pulumi.output("acme/shop") });
  expect((await known(output)).value.level).toBe("global");
});

test("asks the GitLab of a provider, and answers from a mock", async () => {
  const other = await startSandbox({});
  const provider = new gitlab.Provider("other", { baseUrl: other.url, token: other.token });
  expect(await gitlab.getProjectHooks({ project: 42 }, { provider })).toEqual([]);
  expect(other.control.requests()).toHaveLength(1);
  expect(sandbox.control.requests()).toEqual([]);
  await other.stop();
  gitlab.mockFunctions((name, args) => [{ name, args }]);
  expect(await gitlab.getProjectHooks({ project: 42 })).toEqual([{ name: "getProjectHooks", args: { project: 42 } }]);
});
