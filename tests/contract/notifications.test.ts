import { startGitLab, type GitLabFixture } from "./support/gitlab-fixture";

let gitlab: GitLabFixture;

beforeEach(async () => {
  gitlab = await startGitLab({ tokens: [{ token: "other", role: "developer", username: "other" }] });
});

afterEach(async () => {
  await gitlab.stop();
});

const levels = [
  { name: "GlobalNotificationSettings", args: {}, path: "/notification_settings", byDefault: "participating" },
  {
    name: "GroupNotificationSettings",
    args: { group: "acme" },
    path: "/groups/9/notification_settings",
    byDefault: "global",
  },
  {
    name: "ProjectNotificationSettings",
    args: { project: "acme/shop" },
    path: "/projects/42/notification_settings",
    byDefault: "global",
  },
];

describe.each(levels)("$name", ({ name, args, path, byDefault }) => {
  test("is taken over, settles, shows drift and goes back to the default level", async () => {
    await gitlab.api("PUT", path, { level: "custom", new_issue: true });
    const settings = gitlab.resource(name);
    const wanted = { ...args, level: "custom", newNote: true, failedPipeline: false };
    expect(await settings.up(wanted)).toBe("create");
    expect(settings.id).toBe(path.slice(1));
    // An event that the program does not name stays as it is.
    expect((await gitlab.api("GET", path)).json).toMatchObject({
      level: "custom",
      events: { new_note: true, failed_pipeline: false, new_issue: true },
    });
    expect(settings.outputs).toMatchObject({ level: "custom", newNote: true, newIssue: true, movedProject: true });
    gitlab.requests();
    expect(await settings.up(wanted)).toBe("same");
    expect(gitlab.requests()).toEqual([]);
    expect(await settings.refresh()).toBe("there");
    expect(await settings.up(wanted)).toBe("same");

    await gitlab.api("PUT", path, { level: "watch" });
    await settings.refresh();
    expect(settings.inputs).toMatchObject({ level: "watch", newNote: true });
    expect(await settings.up(wanted)).toBe("update");
    expect((await gitlab.api("GET", path)).json).toMatchObject({ level: "custom", events: { new_note: true } });

    await settings.destroy();
    expect((await gitlab.api("GET", path)).json).toMatchObject({ level: byDefault });
    expect(gitlab.sandbox.control.objects().notificationSettings).toBe(0);
  });

  test("resets what is removed, and leaves what was never set", async () => {
    const settings = gitlab.resource(name);
    await settings.up({ ...args, level: "custom", newNote: true, failedPipeline: false, movedProject: false });
    await gitlab.api("PUT", path, { new_release: true });
    expect(await settings.up({ ...args, level: "custom" })).toBe("update");
    expect((await gitlab.api("GET", path)).json).toMatchObject({
      events: { new_note: false, failed_pipeline: true, moved_project: true, new_release: true },
    });
    expect(await settings.up({ ...args })).toBe("update");
    expect((await gitlab.api("GET", path)).json).toMatchObject({ level: byDefault });
  });

  test("wants the level custom for events, in the preview", async () => {
    const settings = gitlab.resource(name);
    await expect(settings.up({ ...args, level: "watch", newNote: true })).rejects.toThrow(
      "newNote: has no effect unless level is custom",
    );
    await expect(settings.up({ ...args, successPipeline: false })).rejects.toThrow(
      "successPipeline: has no effect unless level is custom",
    );
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    await expect(settings.checked({ ...args, level: unknown, newNote: true })).resolves.toBeDefined();
    await expect(settings.up({ ...args, level: "loud" })).rejects.toThrow(/^level: must be one of disabled, /);
    expect(gitlab.requests()).toEqual([]);
  });

  test("takes over with import, for the owner of the token alone, and is read by its ID", async () => {
    await gitlab.api("PUT", path, { level: "mention" });
    const settings = gitlab.resource(name);
    expect(await settings.up({ ...args, level: "watch", __import: path.slice(1) })).toBe("create");
    expect(await gitlab.messages(1)).toEqual([`info: ${name} will take over ${path.slice(1)}, changing level.`]);
    expect(settings.outputs.level).toBe("watch");
    expect((await gitlab.api("GET", path, undefined, "other")).json).toMatchObject({ level: byDefault });

    const { outputs, inputs } = await gitlab.process().read(path.slice(1), {
      __provider: settings.inputs.__provider,
    });
    expect(outputs.level).toBe("watch");
    expect(inputs).toBeUndefined();
  });
});

test("events by scope: epics for groups, approvals for projects, both for the user, addresses for the user alone", async () => {
  const everywhere = { level: "custom", serviceAccountFailedPipeline: true };
  const user = gitlab.resource("GlobalNotificationSettings");
  await user.up({ ...everywhere, newEpic: true, approver: true });
  const group = gitlab.resource("GroupNotificationSettings");
  await group.up({ ...everywhere, group: 9, newEpic: true });
  const project = gitlab.resource("ProjectNotificationSettings");
  await project.up({ ...everywhere, project: 42, approver: true });
  expect((await gitlab.api("GET", "/groups/9/notification_settings")).json).toMatchObject({
    events: { new_epic: true, service_account_failed_pipeline: true },
  });
  expect((await gitlab.api("GET", "/projects/42/notification_settings")).json).toMatchObject({
    events: { approver: true },
  });
  await expect(group.up({ ...everywhere, group: 9, approver: true })).rejects.toThrow("approver: ");
  await expect(project.up({ ...everywhere, project: 42, newEpic: true })).rejects.toThrow("newEpic: ");
  await expect(project.up({ ...everywhere, project: 42, notificationEmail: "a@b.example" })).rejects.toThrow(
    "notificationEmail: ProjectNotificationSettings has no such argument",
  );
  await expect(user.up({ level: "global" })).rejects.toThrow("level: must be one of");
});

test("the address is the user's own, and goes back to the primary one", async () => {
  const user = gitlab.resource("GlobalNotificationSettings");
  const failure = user.up({ notificationEmail: "else@example.com" });
  await expect(failure).rejects.toThrow("PUT /notification_settings: 400 notification_email is not an email you own");
  await expect(user.up({ notificationEmail: "no address" })).rejects.toThrow(
    "notificationEmail: must be a mail address",
  );
  await user.up({ level: "watch", notificationEmail: "root@example.com" });
  expect(user.outputs.notificationEmail).toBe("root@example.com");
  await user.up({ level: "watch" });
  expect((await gitlab.api("GET", "/notification_settings")).json).toEqual({
    level: "watch",
    notification_email: "root@example.com",
  });
});

test("with every event on and with every one off, a second up and a refresh change nothing", async () => {
  const user = gitlab.resource("GlobalNotificationSettings");
  await user.up({ level: "custom" });
  const events = Object.keys(user.outputs).filter((name) => typeof user.outputs[name] === "boolean");
  expect(events).toHaveLength(24);
  for (const value of [true, false]) {
    const args = { level: "custom", ...Object.fromEntries(events.map((name) => [name, value])) };
    expect(await user.up(args)).toBe("update");
    const { events: stored } = (await gitlab.api("GET", "/notification_settings")).json as { events: object };
    expect(new Set(Object.values(stored))).toEqual(new Set([value]));
    expect(await user.up(args)).toBe("same");
    await user.refresh();
    expect(await user.up(args)).toBe("same");
  }
});

test("an event that the server echoes as off is said once and is no change for ever", async () => {
  gitlab.sandbox.control.addFault({
    method: "PUT",
    path: "/groups/9/notification_settings$",
    when: "after",
    status: 200,
    body: { level: "custom", events: { new_epic: false } },
  });
  const group = gitlab.resource("GroupNotificationSettings");
  const args = { group: 9, level: "custom", newEpic: true };
  await group.up(args);
  expect(await gitlab.messages(1)).toEqual([expect.stringMatching(/^warning: .*ignored newEpic/)]);
  expect(await group.up(args)).toBe("same");
});

test("a project that the token no longer sees keeps its settings in state", async () => {
  const project = gitlab.resource("ProjectNotificationSettings");
  await project.up({ project: 42, level: "watch" });
  await gitlab.restartProcess();
  gitlab.sandbox.control.addFault({ path: "/projects/42", times: 4, status: 404 });
  expect(await project.refresh()).toBe("there");
  expect(project.outputs.level).toBe("watch");
  expect(await gitlab.messages(1)).toEqual([
    expect.stringMatching(/^warning: projects\/42\/notification_settings: kept in state/),
  ]);
  gitlab.sandbox.control.addFault({ path: "/projects/42", times: 4, status: 404 });
  await project.destroy();
});
