import { definitionOf } from "./support/cases";
import { ManagedResource, visible } from "./support/managed-resource";
import { ProviderFixture, unique } from "./support/provider-fixture";

const project = definitionOf("Project");

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterAll(async () => {
  await fixture.stop();
});

test("is made, read back, changed and deleted", async () => {
  const path = unique("shop");
  const args = { namespace: "acme", path, name: `The ${path}`, description: "Sells", topics: ["b", "a"] };
  const managed = new ManagedResource(fixture, project);
  const making = await fixture.recordRequests(() => managed.up(args));
  expect(making.requests).toEqual(["GET /groups/acme", "POST /projects"]);
  expect(managed.id).toMatch(/^projects\/\d+$/);
  expect(managed.outputs).toMatchObject({
    ...args,
    projectId: Number(managed.id.slice("projects/".length)),
    projectPath: `acme/${path}`,
    namespaceId: 9,
    namespacePath: "acme",
  });
  expect(await fixture.recordRequests(() => managed.up(args))).toEqual({ result: "same", requests: [] });
  const { inputs, outputs } = managed;
  expect(await fixture.recordRequests(() => managed.refresh())).toEqual({
    result: "there",
    requests: [`GET /${managed.id}`],
  });
  expect(visible(managed.inputs)).toEqual(visible(inputs));
  expect(managed.outputs).toEqual(outputs);
  const next = { ...args, name: `A ${path}`, path: `${path}-2` };
  expect(await fixture.recordRequests(() => managed.up(next))).toEqual({
    result: "update",
    requests: [`PUT /${managed.id}`],
  });
  expect(managed.outputs).toMatchObject({ projectPath: `acme/${path}-2` });
  expect(await fixture.recordRequests(() => managed.destroy())).toEqual({
    result: undefined,
    requests: [`DELETE /${managed.id}`, `GET /${managed.id}`],
  });
  expect(await managed.refresh()).toBe("gone");
});
