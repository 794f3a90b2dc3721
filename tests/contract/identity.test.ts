import { definitionOf, made } from "./support/cases";
import { ManagedResource } from "./support/managed-resource";
import { leastArgs } from "./support/samples";
import { ProviderFixture, unique } from "./support/provider-fixture";
import { rowOf } from "./support/stored";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const url = "https://ci.example.com/hook";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 0 });
});

afterAll(async () => {
  await fixture.stop();
});

test.each([hook, slack, definitionOf("ProjectPushRule")])(
  "$name: number, path and ID name one project",
  async (definition) => {
    const place = await fixture.createParent("project");
    const args = leastArgs(definition, "project");
    const managed = await made(fixture, definition, place, args);
    const forms = [
      place.id,
      String(place.id),
      `projects/${place.id}`,
      place.path,
      place.path.toUpperCase(),
      `projects/${place.path}`,
    ];
    for (const project of forms) {
      expect([project, await fixture.recordRequests(() => managed.diff({ ...args, project }))]).toEqual([
        project,
        { result: { changes: false, replaces: [] }, requests: [] },
      ]);
    }
  },
);

test("a group is named in as many ways", async () => {
  const place = await fixture.createParent("group");
  const args = leastArgs(slack, "group");
  const managed = await made(fixture, slack, place, args);
  for (const group of [place.id, place.path, `groups/${place.id}`]) {
    expect(await managed.diff({ ...args, group })).toEqual({ changes: false, replaces: [] });
  }
});

test("an unknown project is no change, and nothing is looked up", async () => {
  const managed = await made(fixture, hook, await fixture.createParent("project"), { url });
  const { result, requests } = await fixture.recordRequests(() => managed.diff({ project: unknown, url }));
  expect([result, requests]).toEqual([{ changes: false, replaces: [] }, []]);
  expect(await managed.diff({ project: unknown, url: unknown })).toEqual({ changes: true, replaces: [] });
});

test("another project is a replacement, and so is one that does not exist", async () => {
  const managed = await made(fixture, hook, await fixture.createParent("project"), { url });
  expect(await managed.diff({ project: "acme/web", url })).toMatchObject({ replaces: ["project"] });
  expect(await managed.diff({ project: 43, url })).toMatchObject({ replaces: ["project"] });
  expect(await managed.diff({ project: "acme/nowhere", url })).toMatchObject({ replaces: ["project"] });
});

test("from a project to a group is a replacement, and back", async () => {
  const args = leastArgs(slack, "project");
  const managed = await made(fixture, slack, await fixture.createParent("project"), args);
  expect((await managed.diff({ group: "acme", ...args })).replaces).toEqual(["group"]);
  const other = await made(fixture, slack, await fixture.createParent("group"), args);
  expect((await other.diff({ project: "acme/shop", ...args })).replaces).toEqual(["project"]);
});

test("a lookup that fails otherwise is an error", async () => {
  const managed = await made(fixture, hook, await fixture.createParent("project"), { url });
  fixture.sandbox.control.addFault({
    method: "GET",
    path: "^/projects/acme%2Fapi$",
    status: 403,
    body: { message: "403 Forbidden" },
  });
  const message = await fixture.errorOf(() => managed.diff({ project: "acme/api", url }));
  expect(message).toMatch(/^GET \/projects\/acme\/api: 403 Forbidden\. /);
  expect(await managed.diff({ project: "acme/api", url })).toMatchObject({ replaces: ["project"] });
});

test("a text is looked up once per process", async () => {
  const one = await made(fixture, hook, await fixture.createParent("project"), { url });
  const two = await made(fixture, hook, await fixture.createParent("project"), { url });
  const { requests } = await fixture.recordRequests(async () => {
    await one.diff({ project: "globex/site", url });
    await two.diff({ project: "Globex/Site", url });
    await two.diff({ project: 47, url });
  });
  expect(requests).toEqual(["GET /projects/globex%2Fsite"]);
});

test("a renamed project is no replacement, whatever the program calls it", async () => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, hook, place, { project: place.path, url });
  const path = unique("renamed");
  await fixture.api("PUT", `/projects/${place.id}`, { path });
  expect(await managed.up({ project: place.path, url })).toBe("same");
  const renamed = { project: `acme/${path}`, url };
  const first = await fixture.recordRequests(() => managed.up(renamed));
  expect(first).toEqual({ result: "update", requests: [`GET /projects/acme%2F${path}`, `PUT /${managed.id}`] });
  expect(managed.outputs.projectPath).toBe(`acme/${path}`);
  // The new path is in state, so that no later run looks it up again.
  const next = managed.copy(await fixture.withNewProcess());
  expect(await next.fixture.recordRequests(() => next.up(renamed))).toEqual({ result: "same", requests: [] });
  await next.fixture.stop("sandbox");
  expect(await managed.refresh()).toBe("there");
  expect(await managed.up({ ...renamed, name: "x" })).toBe("update");
  await managed.destroy();
  expect(rowOf(fixture, managed.id)).toBeUndefined();
});

test("a project that answers 404 keeps its resources and warns, with one lookup for all", async () => {
  const place = await fixture.createParent("project");
  const all = [
    await made(fixture, hook, place, { url }),
    await made(fixture, hook, place, { url, name: "other" }),
    await made(fixture, slack, place, leastArgs(slack, "project")),
  ];
  const before = all.map(({ inputs, outputs }) => structuredClone({ inputs, outputs }));
  fixture.sandbox.control.setToken({ token: "unseeing", role: "maintainer", access: { acme: "none" } });
  const next = await fixture.withNewProcess({ "gitlab:token": "unseeing" });
  const copies = all.map((managed) => managed.copy(next));
  const lines = await next.logsDuring(async () => {
    const { requests } = await next.recordRequests(async () => {
      for (const copy of copies) expect(await copy.refresh()).toBe("there");
    });
    expect(requests.filter((request) => request === `GET /projects/${place.id}`)).toHaveLength(1);
    expect(requests).toHaveLength(all.length + 1);
  });
  expect(copies.map(({ inputs, outputs }) => ({ inputs, outputs }))).toEqual(before);
  const warnings = lines.filter(({ severity }) => severity === "warning").map(({ message }) => message);
  expect(warnings).toEqual(all.map(({ id }) => expect.stringContaining(`${id}: kept in state`) as string));
  expect(warnings[0]).toMatch(/token lost its role/);
  for (const copy of copies) await copy.destroy();
  await next.stop("sandbox");
  expect(rowOf(fixture, all[0]?.id ?? "")).toBeDefined();
});

test("an object that is off is gone with one request, since its project answers", async () => {
  const managed = await made(fixture, slack, await fixture.createParent("project"), leastArgs(slack, "project"));
  await fixture.api("DELETE", `/${managed.id}`);
  const next = await fixture.withNewProcess();
  const copy = managed.copy(next);
  const { result, requests } = await next.recordRequests(() => copy.refresh());
  expect([result, requests]).toEqual(["gone", [`GET /${managed.id}`]]);
  await next.stop("sandbox");
});

test("a project that is made in the same run is found after all", async () => {
  const path = unique("late");
  const managed = new ManagedResource(fixture, hook);
  expect(await fixture.errorOf(() => managed.up({ project: `acme/${path}`, url }))).toMatch(
    /^GET \/projects\/acme\/late\d+: 404 /,
  );
  await fixture.api("POST", "/projects", { name: path, namespace_id: 9 });
  expect(await managed.up({ project: `acme/${path}`, url })).toBe("create");
});
