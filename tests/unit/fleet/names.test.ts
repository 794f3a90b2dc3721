import { readFileSync } from "node:fs";
import * as path from "node:path";
import { providerText, typeToken } from "../../../provider/core/definition";
import { definitionsByName } from "../../../provider/resources/definitions";
import { entryName, fleetName, isFleetable } from "../../../provider/fleet/kinds";
import { handler } from "../../../provider/handlers";

const pinned = JSON.parse(
  readFileSync(path.resolve(__dirname, "../../golden/fleet-names.json"), "utf8"),
) as readonly string[];
const definitions = [...definitionsByName().values()];
const names = definitions.filter(isFleetable).map(fleetName);

test("no name that a state may hold has gone", () => {
  expect(pinned.filter((name) => !names.includes(name))).toEqual([]);
});

test("every name is pinned: `npm run tables` adds new ones", () => {
  expect(names.filter((name) => !pinned.includes(name))).toEqual([]);
  expect(pinned).toEqual([...new Set(pinned)].sort());
});

test.each(names)("%s: the line in state leads to a handler", (name) => {
  const text = providerText({ name });
  expect(text).toBe(`exports.handler = () => require("pulumi-gitlab-dynamic/handlers").handler("${name}");`);
  expect(() => handler(name)).not.toThrow();
  expect(definitionsByName().has(entryName(name) ?? "")).toBe(true);
});

test.each([
  ["fleet.ProjectHook", "pulumi-nodejs:dynamic/gitlab/fleet:ProjectHook"],
  ["fleet.integrations.Slack", "pulumi-nodejs:dynamic/gitlab/fleet/integrations:Slack"],
])("%s: its type", (name, token) => {
  expect(typeToken({ name })).toBe(token);
});

test("what the owner of a token has one of has no fleet", () => {
  expect(() => handler("fleet.GlobalNotificationSettings")).toThrow(/a newer version wrote it/);
  expect(() => handler("fleet.Teleport")).toThrow(/a newer version wrote it/);
});
