import { startSandbox, type Sandbox } from "gitlab-sandbox";
import { createClient, path } from "../../../../provider/client";
import { GroupHook } from "../../../../provider/resources/hook/group";
import { ProjectHook } from "../../../../provider/resources/hook/project";
import { hookApi } from "../../../../provider/resources/hook/api";
import { settings } from "../../client/around";

const headers = { custom_headers: [{ key: "X-Team", value: "shop" }] };
const shop = { scope: "project", parent: "42" } as const;
const acme = { scope: "group", parent: "9" } as const;

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ hookLimits: { project: 300, group: 50 } });
});

beforeEach(() => {
  sandbox.control.reset();
});

afterAll(() => sandbox.stop());

function client() {
  return createClient(settings(sandbox.url, { token: sandbox.token }));
}

test("the hooks of a project come in pages of 100, and say what the list does not show", async () => {
  const gitlab = client();
  for (let n = 1; n <= 101; n++) {
    await gitlab.post(path`/projects/42/hooks`, { url: `https://ci${n}.example.com`, ...headers });
  }
  sandbox.control.log.clear();
  const found = await hookApi.list?.(gitlab, ProjectHook.definition, shop);
  expect(found?.map(({ values }) => values.url)).toHaveLength(101);
  expect(found?.every(({ hidden }) => hidden?.join() === "customHeaders,urlVariables")).toBe(true);
  expect(sandbox.control.requests()).toHaveLength(2);
  const single = await hookApi.find(gitlab, ProjectHook.definition, { ...shop, key: found?.[0]?.key ?? 0 });
  expect(single?.hidden).toBeUndefined();
  expect(single?.values).toEqual({ ...found?.[0]?.values, custom_headers: [{ key: "X-Team" }], url_variables: [] });
});

test("the list of a group's hooks shows all", async () => {
  const gitlab = client();
  await gitlab.post(path`/groups/9/hooks`, { url: "https://ci.example.com", ...headers });
  const found = await hookApi.list?.(gitlab, GroupHook.definition, acme);
  expect(found).toHaveLength(1);
  expect(found?.[0]?.hidden).toBeUndefined();
  expect(found?.[0]).toEqual(await hookApi.find(gitlab, GroupHook.definition, { ...acme, key: found?.[0]?.key ?? 0 }));
});

test("a parent that is not there has no list", async () => {
  expect(await hookApi.list?.(client(), ProjectHook.definition, { scope: "project", parent: "4711" })).toBeUndefined();
});
