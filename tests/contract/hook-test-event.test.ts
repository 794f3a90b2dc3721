import { startGitLab, type GitLabFixture } from "./support/gitlab-fixture";
import { InitFailed } from "./support/provider-process";
import { receiver, type Receiver } from "./support/receiver";

let gitlab: GitLabFixture;
let target: Receiver;

beforeEach(async () => {
  // Without repetitions, GitLab's "too many" is an answer at once.
  gitlab = await startGitLab({ allowLocalRequests: true }, { "gitlab:retries": "0" });
  target = await receiver();
});

afterEach(async () => {
  await gitlab.stop();
  await target.stop();
});

async function halfMade(task: Promise<unknown>): Promise<InitFailed> {
  const failure: unknown = await task.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof InitFailed)) throw new Error(`no half-made resource: ${String(failure)}`);
  return failure;
}

describe.each([
  { name: "ProjectHook", at: { project: "acme/shop" }, parent: "projects/42" },
  { name: "GroupHook", at: { group: "acme" }, parent: "groups/9" },
])("$name", ({ name, at, parent }) => {
  test("tests a new hook once, and never because of a later change", async () => {
    const hook = gitlab.resource(name);
    const args = { ...at, url: target.url, token: "hush", testOnCreate: "push_events" };
    expect(await hook.up(args)).toBe("create");
    expect(target.deliveries).toMatchObject([{ headers: { "x-gitlab-event": "Push Hook", "x-gitlab-token": "hush" } }]);
    expect(hook.outputs.testOnCreate).toBe("push_events");
    expect(await hook.up(args)).toBe("same");
    await hook.refresh();
    expect(await hook.up(args)).toBe("same");
    gitlab.requests();
    expect(await hook.up({ ...args, testOnCreate: "issues_events" })).toBe("update");
    expect(await hook.up({ ...args, testOnCreate: "issues_events", name: "x" })).toBe("update");
    expect(await hook.up({ ...args, name: "x" })).toBe("update");
    expect(await hook.up({ ...args, name: "x" })).toBe("same");
    expect(gitlab.requests().filter((request) => request.includes("/test/"))).toEqual([]);
    expect(target.deliveries).toHaveLength(1);
  });

  test("keeps a hook whose test is refused, and tests it until its receiver takes the event", async () => {
    target.answer(500, "stack trace with hush and internals");
    const hook = gitlab.resource(name);
    const args = { ...at, url: target.url, token: "hush", pushEvents: false, testOnCreate: "push_events" };
    const failure = await halfMade(hook.up(args));
    expect(failure.id).toBe(`${parent}/hooks/1`);
    expect(failure.properties).toMatchObject({
      url: target.url,
      token: "hush",
      pushEvents: false,
      hookId: 1,
      testOnCreate: "push_events",
      __managed: ["pushEvents", "testOnCreate", "token", "url", ...Object.keys(at)].sort(),
      __incomplete: true,
      __gitlab: `${gitlab.sandbox.url}/api/v4`,
    });
    expect(typeof failure.properties.__claim).toBe("string");
    expect(failure.properties.__provider).toContain(`handler("${name}")`);
    expect(failure.reasons).toEqual([
      expect.stringMatching(
        new RegExp(
          `^POST /${parent}/hooks/1/test/push_events: 422\\. GitLab could not deliver .* next \`pulumi up\` finishes`,
        ),
      ),
    ]);
    expect(failure.reasons.join()).not.toMatch(/hush|stack|internals/);

    // A fresh process knows it from the state alone, also after a refresh that cleared the failure.
    await gitlab.restartProcess();
    await hook.refresh();
    expect((await gitlab.process().diff(hook.id, hook.outputs, hook.inputs)).changes).toBe(true);
    const again = await halfMade(hook.up(args));
    expect(again.id).toBe(failure.id);
    expect(again.properties.__incomplete).toBe(true);

    target.answer(204);
    expect(await hook.up(args)).toBe("update");
    expect(hook.id).toBe(failure.id);
    expect(hook.outputs).not.toHaveProperty("__incomplete");
    expect(target.deliveries).toHaveLength(3);
    expect(await hook.up(args)).toBe("same");
    await hook.destroy();
    expect(gitlab.sandbox.control.objects().hooks).toBe(0);
  });

  test("gives the test up when the program no longer asks for it, and destroys a half-made hook", async () => {
    target.answer(404);
    const hook = gitlab.resource(name);
    await halfMade(hook.up({ ...at, url: target.url, testOnCreate: "push_events" }));
    expect(await hook.up({ ...at, url: target.url })).toBe("update");
    expect(await hook.up({ ...at, url: target.url })).toBe("same");
    const other = gitlab.resource(name);
    await halfMade(other.up({ ...at, url: `${target.url}/other`, testOnCreate: "push_events" }));
    await other.destroy();
    expect(gitlab.sandbox.control.objects().hooks).toBe(1);
  });
});

test("says GitLab's limit of five a minute, and the next up finishes", async () => {
  for (let count = 1; count <= 5; count += 1) {
    await gitlab
      .resource("ProjectHook")
      .up({ project: 42, url: `${target.url}/${count}`, testOnCreate: "push_events" });
  }
  const sixth = gitlab.resource("ProjectHook");
  const args = { project: 42, url: `${target.url}/6`, testOnCreate: "push_events" };
  const failure = await halfMade(sixth.up(args));
  expect(failure.reasons.join()).toMatch(/push_events: 429\. .*at most 5 test events a minute/);
  gitlab.sandbox.control.configure({ hookTestsPerMinute: 0 });
  expect(await sixth.up(args)).toBe("update");
  expect(target.deliveries.map(({ path }) => path)).toEqual(["/1", "/2", "/3", "/4", "/5", "/6"]);
});

test("waits for its turn where gitlab:retries and gitlab:timeout allow", async () => {
  const patient = await startGitLab({ allowLocalRequests: true });
  try {
    patient.sandbox.control.addFault({ path: "/test/push_events$", status: 429, headers: { "Retry-After": "1" } });
    await patient.resource("ProjectHook").up({ project: 42, url: target.url, testOnCreate: "push_events" });
    expect(target.deliveries).toHaveLength(1);
  } finally {
    await patient.stop();
  }
});

test("a new hook that replaces another is tested, one that is taken over is not", async () => {
  const hook = gitlab.resource("ProjectHook");
  const args = { project: 42, url: `${target.url}/{x}`, urlVariables: { x: "a" }, testOnCreate: "push_events" };
  await hook.up(args);
  expect(await hook.up({ ...args, urlVariables: { x: "b" } })).toBe("replace");
  expect(target.deliveries.map(({ path }) => path)).toEqual(["/a", "/b"]);
  const adopting = gitlab.resource("ProjectHook");
  const { json } = await gitlab.api("POST", "/projects/42/hooks", { url: `${target.url}/c` });
  const mark = `projects/42/hooks/${(json as { id: number }).id}`;
  await adopting.up({ project: 42, url: `${target.url}/c`, testOnCreate: "push_events", __import: mark });
  expect(adopting.id).toBe(mark);
  expect(target.deliveries).toHaveLength(2);
});

test("events that GitLab cannot send as a test are found in the preview, by level", async () => {
  const project = gitlab.resource("ProjectHook");
  for (const event of ["deployment_events", "feature_flag_events", "confidential_note_events", "pushEvents"]) {
    const failure = project.up({ project: 42, url: target.url, testOnCreate: event });
    await expect(failure).rejects.toThrow(/^testOnCreate: must be one of push_events, /);
  }
  const group = gitlab.resource("GroupHook");
  const failure = group.up({ group: 9, url: target.url, testOnCreate: "resource_deploy_token_events" });
  await expect(failure).rejects.toThrow(/^testOnCreate: must be one of push_events, /);
  await project.up({ project: 42, url: target.url, testOnCreate: "resource_deploy_token_events" });
});
