import { definitionOf } from "./support/cases";
import { ManagedResource } from "./support/managed-resource";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";

const hook = definitionOf("ProjectHook");
const groupHook = definitionOf("GroupHook");
const url = "https://ci.example.com/hooks";

let fixture: ProviderFixture;
/** The process of a later run, which has made nothing. */
let next: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({ hookLimits: { project: 400, group: 400 } });
  next = await fixture.withNewProcess();
});

afterAll(async () => {
  await next.stop("sandbox");
  await fixture.stop();
});

/** Hooks of one parent that an earlier run made; the last of them may have further arguments. */
async function made(place: TestParent, count: number, last: object = {}): Promise<ManagedResource[]> {
  const making = Array.from({ length: count }, async (_, index) => {
    const managed = new ManagedResource(fixture, place.scope === "project" ? hook : groupHook);
    const args = { [place.scope]: place.id, url: `${url}/${index}`, noteEvents: true };
    await managed.up({ ...args, ...(index === count - 1 ? last : {}) });
    return managed.copy(next);
  });
  return Promise.all(making);
}

interface Refreshed {
  readonly found: readonly string[];
  /** What GitLab was asked for, sorted, besides the first of the hooks. */
  readonly further: readonly string[];
}

/** Reads hooks as a refresh does: at once. */
async function refreshed(hooks: readonly ManagedResource[]): Promise<Refreshed> {
  const first = `GET /${hooks[0]?.id ?? ""}`;
  const { requests, result } = await next.recordRequests(() => Promise.all(hooks.map((managed) => managed.refresh())));
  expect(requests).toContain(first);
  return { found: result, further: requests.toSpliced(requests.indexOf(first), 1).sort() };
}

test("300 hooks of one project are read with four requests, each as it is now", async () => {
  const place = await fixture.createParent("project");
  const hooks = await made(place, 300);
  const [drifted, all] = [hooks[250], `/projects/${place.id}/hooks`];
  await fixture.api("PUT", `/${String(drifted?.id)}`, { note_events: false });
  const { further } = await refreshed(hooks);
  expect(further).toEqual([`GET ${all}`, `GET ${all}`, `GET ${all}`]);
  expect(hooks.map(({ inputs }) => inputs.url)).toEqual(hooks.map((_, index) => `${url}/${index}`));
  expect(hooks.filter(({ inputs }) => inputs.noteEvents === false)).toEqual([drifted]);
});

test("two in two projects cost a request each", async () => {
  const hooks = [
    ...(await made(await fixture.createParent("project"), 1)),
    ...(await made(await fixture.createParent("project"), 1)),
  ];
  const { further } = await refreshed(hooks);
  expect(further).toEqual([`GET /${String(hooks[1]?.id)}`]);
});

test("a list finds what a single answer finds: outputs are the same to the letter", async () => {
  const hooks = await made(await fixture.createParent("project"), 3);
  const alone = hooks.map((managed) => managed.copy(fixture));
  for (const managed of alone) await managed.refresh();
  await refreshed(hooks);
  expect(hooks.map(({ outputs }) => outputs)).toEqual(alone.map(({ outputs }) => outputs));
});

test("a hook with headers is fetched by itself, since the list of a project's hooks hides them", async () => {
  const place = await fixture.createParent("project");
  const hooks = await made(place, 4, { customHeaders: { "X-Team": "canary0header" } });
  const last = hooks[3];
  await fixture.api("PUT", `/${String(last?.id)}/custom_headers/X-Other`, { value: "theirs" });
  const { further } = await refreshed(hooks);
  expect(further).toEqual([`GET /projects/${place.id}/hooks`, `GET /${String(last?.id)}`]);
  expect(Object.keys(last?.inputs.customHeaders as object).sort()).toEqual(["X-Other", "X-Team"]);
});

test("what a list does not show is asked for before it counts as gone", async () => {
  const place = await fixture.createParent("group");
  const hooks = await made(place, 5);
  const lost = hooks[2];
  const id = String(lost?.id);
  await fixture.api("DELETE", `/${id}`);
  const { further, found } = await refreshed(hooks);
  expect(found).toEqual(["there", "there", "gone", "there", "there"]);
  expect(further).toEqual([`GET /groups/${place.id}`, `GET /groups/${place.id}/hooks`, `GET /${id}`]);
});

test("hooks of a project that the token sees no more are kept", async () => {
  const place = await fixture.createParent("project");
  const hooks = await made(place, 5);
  const { control, token } = fixture.sandbox;
  control.setToken({ token, role: "maintainer", access: { acme: "none" } });
  const lines = await next.logsDuring(async () => {
    const { further, found } = await refreshed(hooks);
    expect(found).toEqual(Array(5).fill("there"));
    expect(further).toEqual([`GET /projects/${place.id}`, `GET /projects/${place.id}/hooks`]);
  });
  control.setToken({ token, role: "admin" });
  expect(lines.filter(({ severity }) => severity === "warning")).toHaveLength(5);
});

test("a hook that is read again is fetched again", async () => {
  const place = await fixture.createParent("project");
  const [one, two] = await made(place, 2);
  if (!one || !two) throw new Error("too few hooks");
  await refreshed([one, two]);
  await fixture.api("PUT", `/${two.id}`, { note_events: false });
  await two.refresh();
  expect(two.inputs.noteEvents).toBe(false);
});

test("what this process changed is read afresh", async () => {
  const place = await fixture.createParent("project");
  const hooks = await made(place, 4);
  const [one, two, three] = hooks;
  if (!one || !two || !three) throw new Error("too few hooks");
  await refreshed([one, two]);
  await three.up({ project: place.id, url: `${url}/2`, noteEvents: false });
  const { requests } = await next.recordRequests(() => three.refresh());
  expect(requests).toEqual([`GET /${three.id}`]);
  expect(three.inputs.noteEvents).toBe(false);
});
