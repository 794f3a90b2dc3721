import { objectsInState } from "../../../../provider/cli/import/stack/state";

const type = "pulumi-nodejs:dynamic/gitlab:ProjectHook";
const urn = (name: string, of = type) => `urn:pulumi:dev::app::${of}::${name}`;
const outputs = { __gitlab: "https://gitlab.acme.dev/api/v4", projectPath: "acme/shop" };
const hook = { urn: urn("a::b/c"), type, id: "projects/42/hooks/7", custom: true, outputs };

function idsIn(...resources: readonly unknown[]): string[] {
  return objectsInState(JSON.stringify({ version: 3, deployment: { resources } }), "x").map(({ id }) => id);
}

test("an object is known by its ID, with its class, its name and its place", () => {
  const text = JSON.stringify({ version: 3, deployment: { resources: [hook] } });
  expect(objectsInState(text, "x")).toEqual([
    {
      ...{ id: "projects/42/hooks/7", type: "ProjectHook", name: "a::b/c", isEntry: false },
      ...{ gitlab: "https://gitlab.acme.dev/api/v4", path: "acme/shop" },
    },
  ]);
});

test("each entry of a fleet is an object", () => {
  const fleet = "pulumi-nodejs:dynamic/gitlab/fleet/integrations:Slack";
  const ids = { "acme/shop": "projects/42/integrations/slack", acme: "groups/9/integrations/slack" };
  const resources = [{ urn: urn("slack", fleet), type: fleet, id: "x", outputs: { ...outputs, ids } }];
  const found = objectsInState(JSON.stringify({ deployment: { resources } }), "x");
  expect(found.map(({ type: own, name, id }) => [own, name, id])).toEqual([
    ["integrations.Slack", 'slack["acme/shop"]', ids["acme/shop"]],
    ["integrations.Slack", 'slack["acme"]', ids.acme],
  ]);
});

test("what is only read, waits for its deletion or belongs to another package is managed by nobody", () => {
  const official = "gitlab:index/projectHook:ProjectHook";
  expect(idsIn({ ...hook, external: true }, { ...hook, delete: true }, { ...hook, type: official })).toEqual([]);
  expect(idsIn(hook, null, {}, { urn: 1, type: 2 }, { ...hook, id: 7 })).toEqual([hook.id]);
});

test.each(["", "{", "[]", "{}", '{"deployment":{"resources":{}}}'])("%j is no state", (text) => {
  expect(() => objectsInState(text, "state.json")).toThrow("state.json is not what `pulumi stack export` writes.");
});

test("a new stack has nothing", () => {
  expect(objectsInState('{"version":3,"deployment":{}}', "x")).toEqual([]);
});
