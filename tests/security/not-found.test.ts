import { providerText, type Definition } from "../../provider/core/definition";
import { definitionOf, isLasting } from "../contract/support/cases";
import { ManagedFleet } from "../contract/support/managed-fleet";
import { hooksOf, manyProjects } from "../contract/support/many";
import { ManagedResource, type Props } from "../contract/support/managed-resource";
import { leastArgs } from "../contract/support/samples";
import { ProviderFixture, unique, type TestParent } from "../contract/support/provider-fixture";
import { Between, type Meddling, type Passing, type Reply } from "./support/between";

/** A proxy's own 404, and what an error says of it. */
const page: Reply = {
  status: 404,
  type: "text/html",
  text: "<html><head><title>404 Not Found</title></head><body>nginx</body></html>",
  headers: { server: "nginx/1.25.3" },
};
const sentence =
  "404 from something that is not GitLab's API (text/html, server: nginx). Check gitlab:baseUrl and the proxy in front of it.";

function json(value: unknown): Reply {
  return { status: 404, type: "application/json", text: JSON.stringify(value) };
}

/** Answers that say nothing of the object that was asked for. */
const replies: readonly (readonly [string, Reply, string])[] = [
  ["a page", page, sentence],
  [
    "a page that claims to be JSON",
    { ...page, type: "application/json" },
    "(application/json, a web page, server: nginx)",
  ],
  ["nothing", { status: 404, type: "", text: "" }, "(no content type, empty)"],
  ["JSON of another server", json({ code: 404, message: "404 Not found" }), "(application/json)"],
  ["an empty object", json({}), "(application/json)"],
  [
    "GitLab's word on a call that it does not have",
    json({ error: "404 Not Found" }),
    "This GitLab has no such endpoint",
  ],
  ["GitLab's word on a lack of rights", json({ message: "Not found" }), "may not do"],
];

const hook = definitionOf("ProjectHook");

let between: Between;
/** The runs of a program, each with a process of its own: one before, one behind the proxy that spoils answers, one after. */
let before: ProviderFixture, amid: ProviderFixture, after: ProviderFixture;

beforeAll(async () => {
  between = await Between.start();
  const config = { "gitlab:baseUrl": between.url, "gitlab:retries": 1, "gitlab:timeout": 20 };
  before = await ProviderFixture.start({}, config);
  between.target = before.sandbox.url;
  [amid, after] = await Promise.all([before.withNewProcess(config), before.withNewProcess(config)]);
});

afterAll(async () => {
  await after.stop("sandbox");
  await amid.stop("sandbox");
  await before.stop();
  await between.stop();
});

/** Answers in place of GitLab to whatever goes to some paths. */
function instead(pattern: RegExp, reply = page): Meddling {
  return { instead: ({ path }) => (pattern.test(path) ? reply : undefined) };
}

/** The message of a task that must fail while the answers to some paths are spoiled. */
function failing(meddling: Meddling, task: () => Promise<unknown>): Promise<string> {
  return between.meddling(meddling, () => amid.errorOf(task));
}

/** What was sent that changes something, and reached GitLab. */
function writes(): string[] {
  return before.sandbox.control
    .requests()
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path.replace("/api/v4", "")}`);
}

function hooksIn(...places: readonly TestParent[]) {
  const ids = places.map(({ id }) => id);
  return before.sandbox.control.world.state.hooks.filter(
    ({ scope }) => scope.kind === "project" && ids.includes(scope.id),
  );
}

const isOfHooks = /\/hooks(\/|\?|$)/;

describe.each(replies)("where %s answers in place of GitLab", (_name, reply, text) => {
  const spoiled = instead(isOfHooks, reply);

  test("hooks stay in the state and on GitLab, and the next up makes none a second time", async () => {
    const place = await before.createParent("project");
    const args = (n: number) => ({ project: place.path, url: `https://ci.example.com/${n}` });
    const made = [1, 2, 3].map(() => new ManagedResource(before, hook));
    for (const [n, one] of made.entries()) await one.up(args(n));
    const stored = made.map((one) => one.copy(amid));
    for (const one of stored) {
      expect(await failing(spoiled, () => one.refresh())).toContain(text);
      expect(await failing(spoiled, () => one.destroy())).toContain(text);
      expect(await failing(spoiled, () => one.up({ ...args(9), name: "changed" }))).toContain(text);
    }
    expect(stored.map(({ id, outputs }) => [id, outputs])).toEqual(made.map(({ id, outputs }) => [id, outputs]));
    before.sandbox.control.log.clear();
    for (const [n, one] of stored.entries()) expect(await one.copy(after).up(args(n))).toBe("same");
    expect([writes(), hooksIn(place).length]).toEqual([[], 3]);
  });

  test("entries of a fleet stay in the state and on GitLab, and the next up makes none a second time", async () => {
    const places = await Promise.all([1, 2, 3, 4].map(() => before.createParent("project")));
    const entries = hooksOf(places.map(({ path }) => path));
    const made = new ManagedFleet(before, hook);
    await made.up(entries);
    const fleet = made.copy(amid);
    expect(await failing(spoiled, () => fleet.refresh())).toMatch(/^4 of 4 hooks failed\. The state is unchanged/);
    expect(fleet.outputs).toEqual(made.outputs);
    expect(await failing(spoiled, () => fleet.refresh())).toContain(text);
    const deleted = await failing(spoiled, () => fleet.destroy());
    expect([deleted.split("\n").length, deleted]).toEqual([5, expect.stringContaining(text)]);
    expect(fleet.outputs).toEqual(made.outputs);
    before.sandbox.control.log.clear();
    const next = fleet.copy(after);
    expect(await next.refresh()).toBe("there");
    expect(await next.up(entries)).toBe("same");
    expect([writes(), hooksIn(...places).length]).toEqual([[], 4]);
  });

  test("nothing is made, and then each once", async () => {
    const places = await Promise.all([1, 2].map(() => before.createParent("project")));
    const [one, other] = places as [TestParent, TestParent];
    const single = new ManagedResource(amid, hook);
    const args = { project: one.id, url: "https://ci.example.com" };
    const fleet = new ManagedFleet(amid, hook);
    const entries = hooksOf([other.path]);
    const post: Meddling = {
      instead: ({ method, path }) => (method === "POST" && isOfHooks.test(path) ? reply : undefined),
    };
    for (const meddling of [spoiled, post]) {
      expect(await failing(meddling, () => single.up(args))).toContain(text);
      expect(await failing(meddling, () => fleet.up(entries))).toContain(text);
    }
    expect([single.id, fleet.id, hooksIn(one, other)]).toEqual(["", "", []]);
    await single.up(args);
    await fleet.up(entries);
    expect(hooksIn(one, other)).toHaveLength(2);
  });

  test("a get and an import say so, and not that nothing is there", async () => {
    const place = await before.createParent("project");
    const made = new ManagedResource(before, hook);
    await made.up({ project: place.id, url: "https://ci.example.com" });
    const bare = { __provider: providerText(hook) };
    expect(await failing(spoiled, () => amid.provider.read(made.id, bare))).toContain(text);
    const preview = await between.meddling(spoiled, () =>
      new ManagedResource(amid, hook).problems({ project: place.id, url: "https://ci.example.com" }, made.id),
    );
    expect(preview).toEqual([expect.stringContaining(text)]);
  });
});

test("the error of each operation is one clear sentence, with the request before it", async () => {
  const place = await before.createParent("project");
  const made = new ManagedResource(before, hook);
  await made.up({ project: place.id, url: "https://ci.example.com" });
  const one = made.copy(amid);
  const spoiled = instead(isOfHooks);
  expect(await failing(spoiled, () => one.refresh())).toBe(`GET /${one.id}: ${sentence}`);
  expect(await failing(spoiled, () => one.destroy())).toBe(`DELETE /${one.id}: ${sentence}`);
  expect(await failing(spoiled, () => one.up({ project: place.id, url: "https://b.example.com" }))).toBe(
    `PUT /${one.id}: ${sentence}`,
  );
  const tested = { project: place.id, url: "https://c.example.com", testOnCreate: "push_events" };
  const half = new ManagedResource(amid, hook);
  expect(await failing(instead(/\/test\//), () => half.up(tested))).toMatch(
    new RegExp(`^POST /${half.id}/test/push_events: 404 from .* in front of it\\. The resource was created`),
  );
  await made.copy(after).destroy();
});

test("a second page that is not GitLab's leaves every hook in the state", async () => {
  before.sandbox.control.configure({ hookLimits: { project: 200, group: 50 } });
  const place = await before.createParent("project");
  const url = "https://ci.example.com";
  for (let n = 0; n < 100; n++) await before.api("POST", `/projects/${place.id}/hooks`, { url: `${url}/${n}` });
  const made = new ManagedFleet(before, hook);
  await made.up({ last: { project: place.id, url } });
  const fleet = made.copy(amid);
  expect(await failing(instead(/\/hooks\?.*page=2/), () => fleet.refresh())).toContain(sentence);
  expect(await fleet.copy(after).refresh()).toBe("there");
  expect(await fleet.copy(after).up({ last: { project: place.id, url } })).toBe("same");
});

test("a hook whose answer was lost is not made again while the list is not GitLab's", async () => {
  const place = await before.createParent("project");
  let posts = 0;
  const meddling: Meddling = {
    instead: ({ method, path }) => (method === "GET" && posts > 0 && isOfHooks.test(path) ? page : undefined),
    after: ({ method, path }: Passing, reply) => {
      if (method !== "POST" || !isOfHooks.test(path)) return reply;
      posts += 1;
      return { status: 502, type: "text/html", text: "<html>Bad Gateway</html>" };
    },
  };
  const message = await failing(meddling, () =>
    new ManagedResource(amid, hook).up({ project: place.id, url: "https://ci.example.com" }),
  );
  expect(message).toMatch(/the response was lost \(502 Bad Gateway\)/);
  expect([posts, hooksIn(place).length]).toEqual([1, 1]);
});

test("a project that something else answers for is no other project", async () => {
  const place = await before.createParent("project");
  const made = new ManagedResource(before, hook);
  await made.up({ project: place.id, url: "https://ci.example.com" });
  await before.api("PUT", `/projects/${place.id}`, { path: unique("renamed-") });
  const { path_with_namespace: renamed } = (await before.api("GET", `/projects/${place.id}`)) as Props;
  const args = { project: renamed, url: "https://ci.example.com" };
  for (const reply of [page, json({ error: "404 Not Found" })]) {
    const one = made.copy(amid);
    const message = await failing(instead(/^\/projects\/[^/]*%2F[^/]*$/, reply), () => one.diff(args));
    expect(message).toMatch(/^GET \/projects\/acme\/renamed-\d+: 404 /);
  }
  expect((await made.copy(after).diff(args)).replaces).toEqual([]);
});

test("a great fleet behind something that is not GitLab stops asking", async () => {
  const made = new ManagedFleet(before, hook);
  await made.up(hooksOf(manyProjects(before.sandbox, 60)));
  const { hooks } = before.sandbox.control.world.state;
  const fleet = made.copy(amid);
  const message = await failing(instead(isOfHooks), () => fleet.destroy());
  expect(message).toMatch(/^60 of 60 hooks failed\./);
  expect(message).toMatch(/\d others were not tried\.$/);
  expect(before.sandbox.control.world.state.hooks).toEqual(hooks);
});

/** One definition of each kind, and the paths below its project that stand for the object. */
const kinds: readonly (readonly [string, Props, RegExp])[] = [
  ["integrations.Slack", {}, /\/integrations\/slack$/],
  ["ProjectPushRule", { denyDeleteTag: true }, /\/push_rule$/],
  ["ProjectNotificationSettings", { level: "watch" }, /\/notification_settings$/],
  ["Project", {}, /^\/projects\/\d+$/],
  ["ProjectShare", { groupAccess: "developer" }, /\/share(\/\d+)?$/],
  ["ProjectForkRelation", {}, /\/fork$/],
  ["ProjectPullMirror", { mirrorTriggerBuilds: true }, /\/mirror\/pull$/],
];

describe.each(kinds)("%s", (name, more, own) => {
  const definition = definitionOf(name);

  async function made(): Promise<ManagedResource> {
    const managed = new ManagedResource(before, definition);
    await managed.up({ ...(await leastIn(definition)), ...more });
    return managed;
  }

  test.each([
    ["the object alone", () => own],
    ["its project too", ({ id }: ManagedResource) => new RegExp(`^/${id.split("/").slice(0, 2).join("/")}(/|$)`)],
  ])("a page in place of %s removes it neither from the state nor from GitLab", async (_what, pattern) => {
    const there = await made();
    const one = there.copy(amid);
    const spoiled = instead(pattern(there));
    // What GitLab shows with its project alone is read there.
    const isRead = between.meddling(spoiled, () => one.refresh().catch((error: unknown) => String(error)));
    expect(await isRead).toMatch(/^there$|404 from something that is not GitLab's API/);
    expect(one.outputs).toEqual(there.outputs);
    before.sandbox.control.log.clear();
    expect(await failing(spoiled, () => one.destroy())).toContain(sentence);
    expect(writes()).toEqual([]);
    const next = there.copy(after);
    expect(await next.refresh()).toBe("there");
    await next.destroy();
    if (!isLasting(definition)) expect(await next.refresh()).toBe("gone");
  });
});

async function leastIn(definition: Definition): Promise<Props> {
  if (definition.kind === "project") return { name: unique("not-found-"), namespace: 9 };
  return { project: (await before.createParent("project")).id, ...leastArgs(definition, "project") };
}

test("a 304 and a 405 that are not GitLab's end no fork relation and switch no mirror by another way", async () => {
  const relation = definitionOf("ProjectForkRelation");
  const fork = new ManagedResource(before, relation);
  await fork.up(await leastIn(relation));
  const notModified: Reply = { status: 304, type: "", text: "" };
  expect(await failing(instead(/\/fork$/, notModified), () => fork.copy(amid).destroy())).toMatch(
    /^DELETE \/projects\/\d+\/fork: 304 though it is still there\. .*gitlab:baseUrl/,
  );
  await fork.copy(after).destroy();
  // GitLab's own 304, of a relation that has gone already.
  await fork.copy(after).destroy();

  const definition = definitionOf("ProjectPullMirror");
  const args = { ...(await leastIn(definition)), mirrorTriggerBuilds: true };
  const mirror = new ManagedResource(before, definition);
  await mirror.up(args);
  const one = mirror.copy(amid);
  const spoiled = instead(/\/mirror\/pull$/, { ...page, status: 405 });
  before.sandbox.control.log.clear();
  const changed = { ...args, mirrorTriggerBuilds: false };
  for (const task of [() => one.up(changed), () => one.destroy(), () => one.refresh()]) {
    expect(await failing(spoiled, task)).toMatch(/: 405 from something that is not GitLab's API \(text\/html/);
  }
  expect(writes()).toEqual([]);
  expect(await mirror.copy(after).up(changed)).toBe("update");
});
