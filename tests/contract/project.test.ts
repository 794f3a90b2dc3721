import { definitionOf } from "./support/cases";
import { Managed, visible } from "./support/managed";
import { Setting, unique } from "./support/setting";

const project = definitionOf("Project");

let setting: Setting;

beforeAll(async () => {
  setting = await Setting.start();
});

afterAll(async () => {
  await setting.stop();
});

test("is made, read back, changed and deleted", async () => {
  const path = unique("shop");
  const args = { namespace: "acme", path, name: `The ${path}`, description: "Sells", topics: ["b", "a"] };
  const managed = new Managed(setting, project);
  const making = await setting.watch(() => managed.up(args));
  expect(making.requests).toEqual(["GET /groups/acme", "POST /projects"]);
  expect(managed.id).toMatch(/^projects\/\d+$/);
  expect(managed.outputs).toMatchObject({
    ...args,
    projectId: Number(managed.id.slice("projects/".length)),
    projectPath: `acme/${path}`,
    namespaceId: 9,
    namespacePath: "acme",
  });
  expect(await setting.watch(() => managed.up(args))).toEqual({ result: "same", requests: [] });
  const { inputs, outputs } = managed;
  expect(await setting.watch(() => managed.refresh())).toEqual({ result: "there", requests: [`GET /${managed.id}`] });
  expect(visible(managed.inputs)).toEqual(visible(inputs));
  expect(managed.outputs).toEqual(outputs);
  const next = { ...args, name: `A ${path}`, path: `${path}-2` };
  expect(await setting.watch(() => managed.up(next))).toEqual({ result: "update", requests: [`PUT /${managed.id}`] });
  expect(managed.outputs).toMatchObject({ projectPath: `acme/${path}-2` });
  expect(await setting.watch(() => managed.destroy())).toEqual({
    result: undefined,
    requests: [`DELETE /${managed.id}`, `GET /${managed.id}`],
  });
  expect(await managed.refresh()).toBe("gone");
});
