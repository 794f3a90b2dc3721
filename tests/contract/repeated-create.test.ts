import type { Definition } from "../../provider/core/definition";
import { definitionOf } from "./support/cases";
import { ManagedFleet } from "./support/managed-fleet";
import { ManagedResource, type Props } from "./support/managed-resource";
import { InitFailed } from "./support/provider-process";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";
import { countIn, rowOf } from "./support/stored";

// An error hook (`onError`) makes the engine ask for a create again that has left an object half-made.
const hook = definitionOf("ProjectHook");
const url = "https://ci.example.com/hook";
const tested = { url, pushEvents: true, testOnCreate: "push_events" };
const refused = { status: 422, body: { message: "no" } };

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({ hookTestsPerMinute: 0 }, { "gitlab:retries": 0 });
});

afterEach(() => {
  fixture.sandbox.control.faults.clear();
});

afterAll(async () => {
  await fixture.stop();
});

/** The inputs of a new resource, out of its check. */
function checked(definition: Definition, args: Props): Promise<Props> {
  return new ManagedResource(fixture, definition).checked(args);
}

/** A create that leaves an object behind. */
async function failing(inputs: Props): Promise<InitFailed> {
  const error: unknown = await fixture.provider.create(inputs).catch((caught: unknown) => caught);
  if (error instanceof InitFailed) return error;
  throw new Error(`it left nothing half-made: ${String(error)}`);
}

function failTests(place: TestParent, times = 1): void {
  fixture.sandbox.control.addFault({
    ...refused,
    method: "POST",
    path: `^/projects/${place.id}/hooks/\\d+/test/`,
    times,
  });
}

test("a hook whose test failed is finished by the second create, and not made twice", async () => {
  const place = await fixture.createParent("project");
  const inputs = await checked(hook, { project: place.id, ...tested });
  failTests(place);
  const { id } = await failing(inputs);
  const { result, requests } = await fixture.recordRequests(() => fixture.provider.create(inputs));
  expect(result.id).toBe(id);
  expect(result.outputs).not.toHaveProperty("__incomplete");
  expect(requests).toEqual([`PUT /${id}`, `POST /${id}/test/push_events`]);
  expect(countIn(fixture, "project", place.id)).toBe(1);
  await fixture.provider.delete(id, result.outputs);
  expect(countIn(fixture, "project", place.id)).toBe(0);
});

test("as long as it fails, the engine is told of the same object, whatever the failure", async () => {
  const place = await fixture.createParent("project");
  const inputs = await checked(hook, { project: place.id, ...tested });
  failTests(place, 2);
  const { id, properties } = await failing(inputs);
  expect((await failing(inputs)).id).toBe(id);
  fixture.sandbox.control.addFault({ ...refused, method: "PUT", path: `^/${id}$` });
  const again = await failing(inputs);
  expect([again.id, again.properties]).toEqual([id, properties]);
  expect(again.reasons).toEqual([expect.stringContaining(`PUT /${id}: 422 no`)]);
  expect((await fixture.provider.create(inputs)).id).toBe(id);
});

test("of two resources with the same arguments, none gets the half-made object of the other", async () => {
  const place = await fixture.createParent("project");
  const args = { project: place.id, ...tested };
  const [one, two] = [await checked(hook, args), await checked(hook, args)];
  failTests(place, 2);
  const ids = [(await failing(one)).id, (await failing(two)).id];
  expect(new Set(ids).size).toBe(2);
  const finished = [await fixture.provider.create(one), await fixture.provider.create(two)].map(({ id }) => id);
  expect(finished.sort()).toEqual(ids.sort());
  expect(countIn(fixture, "project", place.id)).toBe(2);
});

test("in whatever order they are made, there are as many objects as resources", async () => {
  const place = await fixture.createParent("project");
  const args = { project: place.id, ...tested };
  const one = await checked(hook, args);
  failTests(place);
  const { id } = await failing(one);
  const two = await checked(hook, args);
  const ids = [(await fixture.provider.create(one)).id, (await fixture.provider.create(two)).id];
  expect(ids).toContain(id);
  expect(countIn(fixture, "project", place.id)).toBe(2);
  expect(new Set(ids).size).toBe(2);
});

test("a fleet with entries that failed makes just those", async () => {
  const places = [await fixture.createParent("project"), await fixture.createParent("project")] as const;
  const fleet = new ManagedFleet(fixture, hook);
  const inputs = await fleet.checked(Object.fromEntries(places.map(({ id, path }) => [path, { project: id, url }])));
  fixture.sandbox.control.addFault({ ...refused, method: "POST", path: `^/projects/${places[0].id}/hooks$` });
  const { id } = await failing(inputs);
  const again = await fixture.provider.create(inputs);
  expect([again.id, Object.keys(again.outputs.ids as object).sort()]).toEqual([
    id,
    places.map(({ path }) => path).sort(),
  ]);
  for (const place of places) expect(countIn(fixture, "project", place.id)).toBe(1);
});

test("a project that is made and not edited yet is edited", async () => {
  const project = definitionOf("Project");
  const given = { namespace: "acme", name: "Half", path: "half-made", suggestionCommitMessage: "x" };
  const inputs = await checked(project, { ...given, restrictUserDefinedVariables: true });
  fixture.sandbox.control.addFault({ ...refused, method: "PUT", path: "^/projects/\\d+$" });
  const { id } = await failing(inputs);
  const { result, requests } = await fixture.recordRequests(() => fixture.provider.create(inputs));
  expect([result.id, requests]).toEqual([id, [`PUT /${id}`]]);
});

test("what a project has one of is neither refused nor made anew", async () => {
  const mirror = definitionOf("ProjectPullMirror");
  const place = await fixture.createParent("project");
  const id = `projects/${place.id}/mirror/pull`;
  await fixture.api("PUT", `/${id}`, { url, enabled: false });
  const inputs = await checked(mirror, { project: place.id, url: `${url}.git` });
  fixture.sandbox.control.addFault({ ...refused, method: "PUT", path: `^/${id}$`, skip: 1 });
  expect((await failing(inputs)).id).toBe(id);
  expect((await fixture.provider.create(inputs)).id).toBe(id);
  expect(rowOf(fixture, id)).toMatchObject({ enabled: true });
});

test("what is taken over by `import` stays taken over", async () => {
  const place = await fixture.createParent("project");
  const { id } = (await fixture.api("POST", `/projects/${place.id}/hooks`, {
    url,
    custom_headers: [{ key: "Stray", value: "v" }],
  })) as { id: number };
  const mark = `projects/${place.id}/hooks/${id}`;
  const args = { project: place.id, url, customHeaders: { Own: "canary0header" } };
  const inputs = await new ManagedResource(fixture, hook).checked(args, mark);
  fixture.sandbox.control.addFault({ ...refused, method: "DELETE", path: "/custom_headers/Stray$" });
  expect((await failing(inputs)).id).toBe(mark);
  expect((await fixture.provider.create(inputs)).id).toBe(mark);
  expect(rowOf(fixture, mark)?.customHeaders).toEqual({ Own: "canary0header" });
});

test("what a lost POST has made after all is taken by the second create", async () => {
  const place = await fixture.createParent("project");
  const inputs = await checked(hook, { project: place.id, url });
  const at = `^/projects/${place.id}/hooks`;
  fixture.sandbox.control.addFault({ method: "POST", path: at, cut: "after" });
  fixture.sandbox.control.addFault({ method: "GET", path: at, status: 503, skip: 1, times: 20 });
  expect(await fixture.errorOf(() => fixture.provider.create(inputs))).toContain("the response was lost");
  expect(countIn(fixture, "project", place.id)).toBe(1);
  fixture.sandbox.control.faults.clear();
  await fixture.provider.create(inputs);
  expect(countIn(fixture, "project", place.id)).toBe(1);
  // Another resource with the same arguments has one of its own.
  await fixture.provider.create(await checked(hook, { project: place.id, url }));
  expect(countIn(fixture, "project", place.id)).toBe(2);
});
