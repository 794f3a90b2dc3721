import { readFileSync } from "node:fs";
import * as path from "node:path";
import { className, providerText, typeToken } from "../../../provider/core/definition";
import { definitionsByName } from "../../../provider/resources/definitions";
import { handler } from "../../../provider/handlers";

const pinned = JSON.parse(
  readFileSync(path.resolve(__dirname, "../../golden/definition-names.json"), "utf8"),
) as readonly string[];
const names = [...definitionsByName().keys()];

test("no name that a state may hold has gone", () => {
  expect(pinned.filter((name) => !names.includes(name))).toEqual([]);
});

test("every name is pinned: `npm run tables` adds new ones", () => {
  expect(names.filter((name) => !pinned.includes(name))).toEqual([]);
  expect(pinned).toEqual([...new Set(pinned)].sort());
});

test.each(names)("%s: the line in state", (name) => {
  const text = providerText({ name });
  expect(text).toBe(`exports.handler = () => require("pulumi-gitlab-dynamic/handlers").handler("${name}");`);
  expect(text.length).toBeLessThan(160);
  expect(text).not.toContain("\n");
});

test.each([
  ["ProjectHook", "pulumi-nodejs:dynamic/gitlab:ProjectHook", "ProjectHook"],
  ["integrations.Slack", "pulumi-nodejs:dynamic/gitlab/integrations:Slack", "Slack"],
])("%s: its type and its class", (name, token, own) => {
  expect(typeToken({ name })).toBe(token);
  expect(className({ name })).toBe(own);
});

test("paths are told apart by their definitions", () => {
  const all = [...definitionsByName().values()];
  const slots = all.flatMap(({ path: own, scopes }) =>
    (scopes.length > 0 ? scopes : ["own"]).map((scope) => `${scope} ${own}`),
  );
  expect(slots).toEqual([...new Set(slots)]);
});

test("a name of a newer version is an error that a user can act on", () => {
  expect(() => handler("integrations.Teleport")).toThrow(
    /a newer version wrote it.*npm install pulumi-gitlab-dynamic@latest/s,
  );
  const caught = (() => {
    try {
      handler("x");
    } catch (error) {
      return error as Error;
    }
    return undefined;
  })();
  expect([caught?.name, caught?.stack]).toEqual(["", ""]);
});
