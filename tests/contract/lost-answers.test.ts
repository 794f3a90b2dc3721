import { definitionOf, made } from "./support/cases";
import { ManagedResource } from "./support/managed-resource";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";
import { countIn, rowOf } from "./support/stored";

const hook = definitionOf("ProjectHook");
const rule = definitionOf("ProjectPushRule");
const url = "https://ci.example.com/hook";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 3, "gitlab:timeout": 12 });
});

afterAll(async () => {
  await fixture.stop();
});

const losses = [
  ["cut after the work", { cut: "after" }],
  ["cut in the middle of the answer", { cut: "half" }],
  ["cut before the work", { cut: "before" }],
  ["502 after the work", { status: 502, when: "after" }],
  ["503 before the work", { status: 503 }],
  ["500 after the work, with an echo", { status: 500, when: "after", body: { message: "canary-token" } }],
] as const;

describe.each(losses)("a POST is %s", (_how, fault) => {
  test("one hook, with all that was asked for", async () => {
    const place = await fixture.createParent("project");
    fixture.sandbox.control.addFault({ method: "POST", path: `^/projects/${place.id}/hooks$`, ...fault });
    const managed = await made(fixture, hook, place, {
      url,
      token: "canary-token",
      customHeaders: { A: "canary-header" },
    });
    expect(countIn(fixture, "project", place.id)).toBe(1);
    expect(rowOf(fixture, managed.id)).toMatchObject({
      url,
      token: "canary-token",
      customHeaders: { A: "canary-header" },
    });
    expect(
      await managed.up({ project: place.id, url, token: "canary-token", customHeaders: { A: "canary-header" } }),
    ).toBe("same");
  });

  test("one set of push rules", async () => {
    const place = await fixture.createParent("project");
    fixture.sandbox.control.addFault({ method: "POST", path: `^/projects/${place.id}/push_rule$`, ...fault });
    const managed = await made(fixture, rule, place, { denyDeleteTag: true });
    expect(rowOf(fixture, managed.id)?.values).toMatchObject({ deny_delete_tag: true });
  });
});

test("two hooks that differ in their tokens, made at once, both lost: each keeps its own", async () => {
  const place = await fixture.createParent("project");
  fixture.sandbox.control.addFault({ method: "POST", path: `^/projects/${place.id}/hooks$`, cut: "after", times: 2 });
  const tokens = ["canary-token-one", "canary-token-two"];
  const all = await Promise.all(tokens.map((token) => made(fixture, hook, place, { url, token })));
  expect(countIn(fixture, "project", place.id)).toBe(2);
  expect(new Set(all.map(({ id }) => id)).size).toBe(2);
  expect(all.map(({ id }) => rowOf(fixture, id)?.token)).toEqual(tokens);
});

test("a gateway gave up, and GitLab makes the hook a second later", async () => {
  const place = await fixture.createParent("project");
  fixture.sandbox.control.addFault({
    method: "POST",
    path: `^/projects/${place.id}/hooks$`,
    status: 504,
    when: "later",
    delay: 1000,
  });
  const managed = await made(fixture, hook, place, { url });
  expect(countIn(fixture, "project", place.id)).toBe(1);
  expect(rowOf(fixture, managed.id)).toBeDefined();
});

test("a hook that comes after it was made again is named", async () => {
  const place = await fixture.createParent("project");
  const late = { status: 502, when: "later", delay: 2500 } as const;
  fixture.sandbox.control.addFault({ method: "POST", path: `^/projects/${place.id}/hooks$`, ...late });
  // The second one takes so long that the first is done before it.
  fixture.sandbox.control.addFault({ method: "POST", path: `^/projects/${place.id}/hooks$`, delay: 3500 });
  const lines = await fixture.logsDuring(() => made(fixture, hook, place, { url }));
  expect(lines.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^GitLab: no response yet to POST/),
    expect.stringMatching(/^projects\/\d+\/hooks\/\d+ equals the one that was created .* Delete it on GitLab\.$/),
  ]);
  expect(countIn(fixture, "project", place.id)).toBe(2);
});

test("what was made is kept when it cannot be found out whether it is ours", async () => {
  const place = await fixture.createParent("project");
  fixture.sandbox.control.addFault({ method: "POST", path: `^/projects/${place.id}/hooks$`, cut: "after" });
  fixture.sandbox.control.addFault({ method: "PUT", path: `^/projects/${place.id}/hooks/`, status: 403 });
  const managed = new ManagedResource(fixture, hook);
  const args = { project: place.id, url, token: "canary-token" };
  const message = await fixture.errorOf(() => managed.up(args));
  expect(message).toMatch(/^PUT .* 403 .* the next `pulumi up` finishes the setup\.$/);
  expect(await managed.up(args)).toBe("update");
  expect(countIn(fixture, "project", place.id)).toBe(1);
});

test("when nothing can be looked at either, the error says that it may have been made", async () => {
  const place = await fixture.createParent("project");
  fixture.sandbox.control.addFault({ method: "POST", path: `^/projects/${place.id}/hooks$`, cut: "after" });
  fixture.sandbox.control.addFault({
    method: "GET",
    path: `^/projects/${place.id}/hooks`,
    skip: 1,
    times: 100,
    status: 403,
  });
  const message = await fixture.errorOf(() => made(fixture, hook, place, { url }));
  expect(message).toMatch(/^POST .* the response was lost .* GitLab may or may not have done it\./);
  fixture.sandbox.control.faults.clear();
});

test("a server error again and again is asked for three times", async () => {
  const place = await fixture.createParent("project");
  fixture.sandbox.control.addFault({ method: "POST", path: `^/projects/${place.id}/hooks$`, status: 500, times: 100 });
  const { requests } = await fixture.recordRequests(() => fixture.errorOf(() => made(fixture, hook, place, { url })));
  expect(requests.filter((request) => request.startsWith("POST"))).toHaveLength(3);
  fixture.sandbox.control.faults.clear();
});

test("lost again and again, it ends with an error and at most one hook", async () => {
  const place = await fixture.createParent("project");
  fixture.sandbox.control.addFault({
    method: "POST",
    path: `^/projects/${place.id}/hooks$`,
    cut: "before",
    times: 100,
  });
  const message = await fixture.errorOf(() => made(fixture, hook, place, { url }));
  expect(message).toMatch(/^POST \/projects\/\d+\/hooks: the response was lost .*Run `pulumi up` again/);
  expect(countIn(fixture, "project", place.id)).toBe(0);
  fixture.sandbox.control.faults.clear();
});

describe("a twin that an interrupted run left", () => {
  async function twin(place: TestParent, more: object = {}): Promise<string> {
    const { id } = (await fixture.api("POST", `/projects/${place.id}/hooks`, { url, ...more })) as { id: number };
    return `projects/${place.id}/hooks/${id}`;
  }

  test("is named with its age and the ways out, and left alone", async () => {
    const place = await fixture.createParent("project");
    const left = await twin(place, { token: "canary-other" });
    const lines = await fixture.logsDuring(() => made(fixture, hook, place, { url, token: "canary-own" }));
    const warnings = lines.filter(({ severity }) => severity === "warning").map(({ message }) => message);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`${left}, made less than a minute ago, equals`);
    expect(warnings[0]).toContain(`{ import: "${left}" }`);
    expect(countIn(fixture, "project", place.id)).toBe(2);
  });

  test.each([
    ["another URL", { url: "https://else.example.com/" }],
    ["another event", { issues_events: true }],
    ["another name", { name: "x" }],
    ["a token, which the program does not give", { token: "canary-other" }],
  ])("one with %s is none", async (_what, more) => {
    const place = await fixture.createParent("project");
    await twin(place, more);
    expect(await fixture.logsDuring(() => made(fixture, hook, place, { url }))).toEqual([]);
  });

  test("hooks of this program are none", async () => {
    const place = await fixture.createParent("project");
    const first = await made(fixture, hook, place, { url });
    const next = await fixture.withNewProcess();
    const old = first.copy(next);
    await old.diff({ project: place.id, url });
    const lines = await next.logsDuring(() => made(next, hook, place, { url, token: "canary-second" }));
    expect(lines).toEqual([]);
    await next.stop("sandbox");
  });

  test("a --replace, which asks for no diff, warns with the reason that it may be", async () => {
    const place = await fixture.createParent("project");
    await made(fixture, hook, place, { url });
    const next = await fixture.withNewProcess();
    const lines = await next.logsDuring(() => made(next, hook, place, { url }));
    expect(lines[0]?.message).toContain("unless this program is renaming or replacing it now");
    await next.stop("sandbox");
  });
});

test("a PUT and a DELETE that are cut are sent again", async () => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, hook, place, { url });
  fixture.sandbox.control.addFault({ method: "PUT", path: `/${managed.id}$`, cut: "after" });
  expect(await managed.up({ project: place.id, url, name: "x" })).toBe("update");
  fixture.sandbox.control.addFault({ method: "DELETE", path: `/${managed.id}$`, cut: "after" });
  await managed.destroy();
  expect(rowOf(fixture, managed.id)).toBeUndefined();
});

test("nothing of what was sent was said", async () => {
  const spoken = await fixture.allOutput();
  for (const secret of fixture.secrets) expect(spoken).not.toContain(secret);
});
