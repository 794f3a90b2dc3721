import { definitionOf } from "./support/cases";
import { ManagedFleet, type EntryArgs } from "./support/managed-fleet";
import { hooksOf, manyProjects } from "./support/many";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": "1" });
});

afterEach(() => {
  fixture.sandbox.control.faults.clear();
});

afterAll(async () => {
  await fixture.stop();
});

const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const pushRule = definitionOf("ProjectPushRule");
const webhook = "https://hooks.slack.com/services/canary0secret0hook";

async function projects(count: number): Promise<TestParent[]> {
  const places: TestParent[] = [];
  for (let n = 0; n < count; n++) places.push(await fixture.createParent("project"));
  return places;
}

function paths(places: readonly TestParent[]): string[] {
  return places.map(({ path }) => path);
}

async function made(entries: EntryArgs, definition = hook): Promise<ManagedFleet> {
  const fleet = new ManagedFleet(fixture, definition);
  await fleet.up(entries);
  return fleet;
}

function idsOf(fleet: ManagedFleet): Record<string, string> {
  return fleet.outputs.ids as Record<string, string>;
}

function hooksIn({ id }: TestParent) {
  return fixture.sandbox.control.world.state.hooks.filter(({ scope }) => scope.kind === "project" && scope.id === id);
}

test("three hooks in three projects: a lookup, a list and a POST each, a list each in a refresh, a DELETE each", async () => {
  const places = await projects(3);
  const entries = hooksOf(paths(places));
  const fleet = new ManagedFleet(fixture, hook);
  const { requests } = await fixture.recordRequests(() => fleet.up(entries));
  const each = (text: (place: TestParent) => string) => places.map(text);
  expect([...requests].sort()).toEqual(
    [
      ...each(({ path }) => `GET /projects/${encodeURIComponent(path)}`),
      ...each(({ id }) => `GET /projects/${id}/hooks`),
      ...each(({ id }) => `POST /projects/${id}/hooks`),
    ].sort(),
  );
  expect(await fixture.recordRequests(() => fleet.up(entries))).toEqual({ result: "same", requests: [] });
  const { inputs, outputs } = fleet;
  const reading = await fixture.recordRequests(() => fleet.refresh());
  expect([...reading.requests].sort()).toEqual(each(({ id }) => `GET /projects/${id}/hooks`).sort());
  expect([fleet.inputs, fleet.outputs]).toEqual([inputs, outputs]);
  expect(await fixture.recordRequests(() => fleet.up(entries))).toEqual({ result: "same", requests: [] });
  const ids = Object.values(idsOf(fleet));
  const deleting = await fixture.recordRequests(() => fleet.destroy());
  expect([...deleting.requests].sort()).toEqual(ids.map((id) => `DELETE /${id}`).sort());
});

test("a hundred and twenty hooks of one project: one lookup, one list, and two pages in a refresh", async () => {
  fixture.sandbox.control.configure({ hookLimits: { project: 300, group: 50 } });
  const [place] = (await projects(1)) as [TestParent];
  const entries = Object.fromEntries(
    Array.from({ length: 120 }, (_, n) => [`hook ${n}`, { project: place.id, url: `https://ci${n}.example.com` }]),
  );
  const { result: fleet, requests } = await fixture.recordRequests(() => made(entries));
  expect(requests.filter((request) => !request.startsWith("POST"))).toEqual([
    `GET /projects/${place.id}`,
    `GET /projects/${place.id}/hooks`,
  ]);
  expect((await fixture.recordRequests(() => fleet.refresh())).requests).toHaveLength(2);
});

test("a change touches what changed; a new entry, a moved one and one removed are said in a line", async () => {
  const places = await projects(4);
  const [a, b, c, d] = places as [TestParent, TestParent, TestParent, TestParent];
  const entries = hooksOf(paths([a, b, c]));
  const fleet = await made(entries);
  const before = idsOf(fleet);
  const { [a.path]: first, [c.path]: third } = entries;
  const next = {
    [a.path]: { ...first, token: "canary0another0token" },
    moved: { project: d.path, url: "https://new.example.com" },
    [c.path]: { ...third, project: b.path },
  };
  const lines = await fixture.logsDuring(async () => {
    const { requests } = await fixture.recordRequests(() => fleet.up(next));
    const writes = requests.filter((request) => !request.startsWith("GET"));
    expect([...writes].sort()).toEqual([
      `DELETE /${before[b.path] ?? ""}`,
      `DELETE /${before[c.path] ?? ""}`,
      `POST /projects/${b.id}/hooks`,
      `POST /projects/${d.id}/hooks`,
      `PUT /${before[a.path] ?? ""}`,
    ]);
  });
  expect(lines.map(({ message }) => message)).toEqual([
    `4 of 3 hooks: + moved  ~ ${c.path} (project: replaced)  ~ ${a.path} (token)  - ${b.path}`,
  ]);
  expect(places.map((place) => hooksIn(place).length)).toEqual([1, 1, 0, 1]);
  expect(Object.keys(idsOf(fleet)).sort()).toEqual(Object.keys(next).sort());
  await fleet.destroy();
});

test("an entry under another key keeps its object, without a request", async () => {
  const [a, b] = (await projects(2)) as [TestParent, TestParent];
  const entries = hooksOf(paths([a, b]));
  const fleet = await made(entries);
  const renamed = { first: entries[a.path] ?? {}, [b.path]: entries[b.path] ?? {} };
  const ids = idsOf(fleet);
  expect((await fixture.recordRequests(() => fleet.up(renamed))).requests).toEqual([]);
  expect(idsOf(fleet)).toEqual({ first: ids[a.path], [b.path]: ids[b.path] });
  const slackOf = (name: string) => ({ project: a.path, webhook, username: name });
  const chat = await made({ one: slackOf("x") }, slack);
  await chat.up({ two: slackOf("y") });
  expect(idsOf(chat)).toEqual({ two: `projects/${a.id}/integrations/slack` });
});

test("objects that are there and equal an entry are taken, each by one entry, and nothing is doubled", async () => {
  const [place] = (await projects(1)) as [TestParent];
  const url = "https://ci.example.com/twins";
  for (let n = 0; n < 2; n++) await fixture.api("POST", `/projects/${place.id}/hooks`, { url });
  await fixture.api("POST", `/projects/${place.id}/hooks`, { url, issues_events: true });
  const entry = { project: place.id, url };
  const fleet = new ManagedFleet(fixture, hook);
  const lines = await fixture.logsDuring(() => fleet.up({ a: entry, b: entry, c: entry }));
  expect(lines.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^2 hooks already on GitLab, equal in everything that GitLab shows: taken over\./),
  );
  expect(hooksIn(place)).toHaveLength(4);
  expect(new Set(Object.values(idsOf(fleet))).size).toBe(3);
});

test("a hook with other headers than an entry's is none of its twins", async () => {
  const [place] = (await projects(1)) as [TestParent];
  const url = "https://ci.example.com/headers";
  const header = (key: string) => [{ key, value: "canary0secret0header" }];
  await fixture.api("POST", `/projects/${place.id}/hooks`, { url, custom_headers: header("X-Other") });
  const same = await fixture.api("POST", `/projects/${place.id}/hooks`, { url, custom_headers: header("X-Team") });
  const fleet = await made({ a: { project: place.id, url, customHeaders: { "X-Team": "canary0new0header" } } });
  expect(idsOf(fleet)).toEqual({ a: `projects/${place.id}/hooks/${(same as { id: number }).id}` });
  const delivery = fixture.sandbox.control.delivery((same as { id: number }).id);
  expect(delivery.headers).toMatchObject({ "X-Team": "canary0new0header" });
  expect((await fixture.recordRequests(() => fleet.refresh())).requests).toEqual([
    `GET /projects/${place.id}/hooks`,
    `GET /projects/${place.id}/hooks/${(same as { id: number }).id}`,
  ]);
});

test("a foreign integration is refused by its key, the others are made, and the next up does just that one", async () => {
  const places = await projects(3);
  const [first, ...others] = places as [TestParent, ...TestParent[]];
  const at = `/projects/${first.id}/integrations/slack`;
  await fixture.api("PUT", at, { webhook: "https://hooks.slack.com/services/x", username: "somebody" });
  const entries = Object.fromEntries(places.map(({ path }) => [path, { project: path, webhook, username: "us" }]));
  const fleet = new ManagedFleet(fixture, slack);
  const message = await fixture.errorOf(() => fleet.up(entries));
  expect(message).toMatch(/^1 of 3 integrations failed\. All others are done and stored/);
  expect(message).toContain(`entries["${first.path}"]: projects/${first.id}/integrations/slack is already active and`);
  expect(message).toContain("differs in username");
  expect(Object.keys(idsOf(fleet)).sort()).toEqual(paths(others).sort());
  expect(fleet.outputs.__provider).toContain("fleet.integrations.Slack");
  await fixture.api("DELETE", at);
  const { requests } = await fixture.recordRequests(() => fleet.up(entries));
  expect(requests).toEqual([`GET ${at}`, `PUT ${at}`]);
});

test("with every tenth request failing, the rest is kept, the failed are named, and the next up completes", async () => {
  const all = manyProjects(fixture.sandbox, 60);
  const entries = hooksOf(all);
  for (let n = 0; n < 6; n++) {
    fixture.sandbox.control.addFault({
      method: "POST",
      path: "/hooks$",
      status: 400,
      skip: 8,
      body: { message: "no" },
    });
  }
  const fleet = new ManagedFleet(fixture, hook);
  const message = await fixture.errorOf(() => fleet.up(entries));
  const failed = [...message.matchAll(/entries\["([^"]+)"\]: POST \/projects\/\d+\/hooks: 400 no/g)].map((m) => m[1]);
  expect(failed.length).toBeGreaterThan(0);
  expect(message).toContain(`${failed.length} of 60 hooks failed.`);
  expect(Object.keys(idsOf(fleet)).sort()).toEqual(all.filter((path) => !failed.includes(path)).sort());
  fixture.sandbox.control.faults.clear();
  const { requests } = await fixture.recordRequests(() => fleet.up(entries));
  expect(requests.filter((request) => request.startsWith("POST"))).toHaveLength(failed.length);
  expect(Object.keys(idsOf(fleet))).toHaveLength(60);
  await fleet.destroy();
});

test("more than twenty failures are counted", async () => {
  const all = manyProjects(fixture.sandbox, 30).map((path) => `${path}-none`);
  const fleet = new ManagedFleet(fixture, hook);
  const message = await fixture.errorOf(() => fleet.up(hooksOf(all)));
  expect(message.match(/entries\["/g)).toHaveLength(20);
  expect(message).toContain("30 of 30 hooks failed. Nothing was created.");
  expect(message).toContain("and 10 more");
  expect(fleet.id).toBe("");
});

test("a refused token is not tried thousands of times", async () => {
  const refused = await fixture.withNewProcess({ "gitlab:token": "glpat-of-nobody" });
  const fleet = new ManagedFleet(refused, hook);
  const { requests } = await fixture.recordRequests(async () => {
    const message = await fixture.errorOf(() => fleet.up(hooksOf(manyProjects(fixture.sandbox, 200))));
    expect(message).toMatch(/others were not tried/);
  });
  expect(requests.length).toBeLessThan(60);
  await refused.stop("sandbox");
});

test("drift shows by key, what is gone leaves the state, and the next up mends both", async () => {
  const [a, b, c] = (await projects(3)) as [TestParent, TestParent, TestParent];
  const entries = hooksOf(paths([a, b, c]));
  const fleet = await made(entries);
  const ids = idsOf(fleet);
  await fixture.api("PUT", `/${ids[a.path] ?? ""}`, { url: "https://drifted.example.com", token: "x" });
  await fixture.api("DELETE", `/${ids[b.path] ?? ""}`);
  const lines = await fixture.logsDuring(() => fleet.refresh());
  expect(lines.map(({ message }) => message)).toEqual([expect.stringMatching(/^on GitLab: 2 of 3 hooks: /)]);
  expect(lines[0]?.message).toContain(`~ ${a.path} (url)`);
  expect(lines[0]?.message).toContain(`- ${b.path}`);
  expect(fleet.inputs.entries).toMatchObject({ [a.path]: { url: "https://drifted.example.com" } });
  expect(Object.keys(idsOf(fleet)).sort()).toEqual(paths([a, c]).sort());
  await fleet.up(entries);
  expect(hooksIn(a)[0]?.url).toBe(entries[a.path]?.url);
  expect(hooksIn(b)).toHaveLength(1);
});

test("a project that the token does not see keeps its entry, with a warning", async () => {
  const [a, b] = (await projects(2)) as [TestParent, TestParent];
  const { id, outputs } = await made(hooksOf(paths([a, b])));
  const run = await fixture.withNewProcess();
  const fleet = Object.assign(new ManagedFleet(run, hook), { id, outputs });
  fixture.sandbox.control.addFault({ path: `/projects/${a.id}`, status: 404, times: 9 });
  const lines = await run.logsDuring(() => fleet.refresh());
  await run.stop("sandbox");
  expect(lines).toMatchObject([
    { severity: "warning", message: expect.stringMatching(/^entries\["[^"]+"\]: kept in state, because/) as string },
  ]);
  expect(fleet.outputs).toEqual(outputs);
});

test("what GitLab does not take of many entries is said once", async () => {
  fixture.sandbox.control.configure({ version: "18.11.0-ee" });
  const places = await projects(5);
  const signingToken = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  const entries = Object.fromEntries(
    places.map(({ path }) => [path, { project: path, url: "https://ci.example.com", signingToken }]),
  );
  const fleet = new ManagedFleet(fixture, hook);
  const lines = await fixture.logsDuring(() => fleet.up(entries));
  fixture.sandbox.control.configure({ version: "19.4.0-ee" });
  const warnings = lines.filter(({ severity }) => severity === "warning");
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.message).toMatch(/ and 2 more: GitLab ignored signingToken/);
  expect(await fleet.up(entries)).toBe("same");
});

test("every problem of every entry is told with its key, and no value", async () => {
  const fleet = new ManagedFleet(fixture, hook);
  const problems = await fleet.problems({
    a: { project: "acme/shop", url: "canary0secret0url" },
    b: { url: "https://ci.example.com", pushEvent: true },
    "": {},
    __c: { project: 42, url: "https://ci.example.com" },
  });
  expect([...problems].sort()).toEqual([
    "entries: a key must not be empty",
    'entries[""].project: is required',
    'entries[""].url: is required',
    'entries["__c"]: a key must not begin with two underscores',
    'entries["a"].url: must be a URL that starts with http:// or https://',
    'entries["b"].project: is required',
    'entries["b"].pushEvent: ProjectHook has no such argument; did you mean pushEvents?',
  ]);
  const many = Object.fromEntries(
    Array.from({ length: 50 }, (_, n) => [`k${n + 10}`, { project: 42, [`x${n}`]: "x" }]),
  );
  expect(await fleet.problems(many)).toEqual([
    '50 entries ("k10", "k11", "k12" and 47 more): url: is required',
    ...Array.from({ length: 19 }, (_, n) => `entries["k${n + 10}"].x${n}: ProjectHook has no such argument`),
    "and 31 more problems",
  ]);
});

test("push rules: made, changed and removed", async () => {
  const places = await projects(2);
  const entries = Object.fromEntries(places.map(({ path }) => [path, { project: path, preventSecrets: true }]));
  const fleet = await made(entries, pushRule);
  await fleet.up(Object.fromEntries(Object.entries(entries).map(([key, args]) => [key, { ...args, maxFileSize: 7 }])));
  expect(await fixture.api("GET", `/projects/${places[0]?.id ?? 0}/push_rule`)).toMatchObject({
    prevent_secrets: true,
    max_file_size: 7,
  });
  await fleet.destroy();
  expect(await fixture.api("GET", `/projects/${places[0]?.id ?? 0}/push_rule`)).toBeNull();
});

test("shares of one project are read from one answer of the project, also where one is gone", async () => {
  const [place, other] = (await projects(2)) as [TestParent, TestParent];
  const groups = [
    await fixture.createParent("group"),
    await fixture.createParent("group"),
    await fixture.createParent("group"),
  ];
  const share = (project: number, groupId: number) => ({ project, groupId, groupAccess: "developer" });
  const entries = Object.fromEntries(groups.map(({ id, path }) => [path, share(place.id, id)]));
  const fleet = await made({ ...entries, elsewhere: share(other.id, 11) }, definitionOf("ProjectShare"));
  const { inputs, outputs } = fleet;
  const { requests } = await fixture.recordRequests(() => fleet.refresh());
  expect([...requests].sort()).toEqual([place, other].map(({ id }) => `GET /projects/${id}`).sort());
  expect([fleet.inputs, fleet.outputs]).toEqual([inputs, outputs]);
  const [first, second, third] = groups as [TestParent, TestParent, TestParent];
  await fixture.api("DELETE", `/projects/${place.id}/share/${second.id}`);
  const lines = await fixture.logsDuring(() => fleet.refresh());
  expect(lines.map(({ message }) => message)).toEqual([`on GitLab: 1 of 4 shares: - ${second.path}`]);
  expect(Object.keys(idsOf(fleet)).sort()).toEqual(["elsewhere", first.path, third.path].sort());
});

test("no secret was printed, logged or answered in an error", async () => {
  expect(await fixture.allOutput()).not.toContain("canary0");
});
