import { z } from "zod";
import { ProjectHook, integrations } from "../../../provider";
import type { Args, Definition, ReportProblem } from "../../../provider/core/definition";
import { field, text } from "../../../provider/core/schema";
import { check } from "../../../provider/operations/check";
import { unknownValue } from "../../../provider/core/unknown";

const hook = ProjectHook.definition;
const mattermost = integrations.Mattermost.definition;
const url = "https://ci.example.com/";

function thing(fields: Definition["fields"], rules?: (args: Args, report: ReportProblem) => void): Definition {
  const parts = { name: "Thing", kind: "hook", scopes: ["project"], path: "things/:id", outputs: [] } as const;
  return { ...parts, fields, ...(rules ? { rules } : {}) };
}

test("the inputs are what was given without nulls, and the names of what is managed", () => {
  const { inputs, problems } = check(hook, {}, { project: 42, url, name: null, token: undefined, __provider: "x" });
  expect(problems).toEqual([]);
  expect(inputs).toEqual({ project: 42, url, __provider: "x", __managed: ["project", "url"] });
});

test("inheritance is managed always", () => {
  const { inputs } = check(mattermost, {}, { group: 9, webhook: url });
  expect(inputs).toMatchObject({
    useInheritedSettings: false,
    __managed: ["group", "useInheritedSettings", "webhook"],
  });
});

test("marks of a former check are not taken over as arguments", () => {
  const first = check(hook, {}, { project: 42, url, name: "x" });
  expect(check(hook, first.inputs, { project: 42, url }).inputs.__managed).toEqual(["project", "url"]);
});

test("a rule over a whole list passes while one of its items is not known", () => {
  const sorted = z
    .array(z.string())
    .refine((given) => given.every((item) => item.startsWith("a")), "must begin with a");
  const definition = thing({ names: field(sorted.optional(), {}) });
  expect(check(definition, {}, { project: 1, names: ["a", unknownValue] }).problems).toEqual([]);
  expect(check(definition, {}, { project: 1, names: ["a", "b"] }).problems).toEqual(["names: must begin with a"]);
  expect(check(definition, {}, { project: 1, names: { a: unknownValue } }).problems).toEqual([
    "names: must be a list, but is a map",
  ]);
});

test("rules see what is known, what is given, and whether the object is new", () => {
  const seen: unknown[] = [];
  const definition = thing({ one: text(), two: text(), three: text() }, (args) => {
    seen.push([args.known("one"), args.known("two"), args.given("two"), args.given("three"), args.isNew]);
  });
  check(definition, {}, { project: 1, one: "x", two: unknownValue });
  check(definition, { project: 1 }, { project: 1, one: "x", two: unknownValue });
  check(definition, {}, { project: 1, one: "x", two: unknownValue, __import: "1:2" });
  expect(seen).toEqual([
    ["x", undefined, true, false, true],
    ["x", undefined, true, false, false],
    ["x", undefined, true, false, false],
  ]);
});

test("a field of another scope", () => {
  const definition: Definition = { ...thing({ only: text({ scopes: ["group"] }) }), scopes: ["project", "group"] };
  expect(check(definition, {}, { project: 1, only: "x" }).problems).toEqual([
    "only: GitLab has it on group level only",
  ]);
  expect(check(definition, {}, { group: 1, only: "x" }).problems).toEqual([]);
});

test("what belongs to the token's owner takes neither project nor group", () => {
  const definition: Definition = { ...thing({ one: text() }), scopes: [], path: "thing" };
  expect(check(definition, {}, {}).problems).toEqual([]);
  expect(check(definition, {}, { project: 1 }).problems).toEqual(["project: Thing takes no project"]);
});

test("of the names that begin with two underscores, the hidden marks alone are taken", () => {
  const marks = { __provider: "x", __import: "projects/42/hooks/7", __managed: ["url"], __claim: "c", __untaken: [] };
  expect(check(hook, {}, { project: 42, url, ...marks }).problems).toEqual([]);
  const others = JSON.parse('{ "__url": 1, "__entries": "x", "__proto__": { "name": 2 } }') as object;
  const { problems } = check(hook, {}, { project: 42, url, ...others });
  expect(problems.map((problem) => problem.replace(/;.*/, ""))).toEqual([
    "__url: ProjectHook has no such argument",
    "__entries: ProjectHook has no such argument",
    "__proto__: ProjectHook has no such argument",
  ]);
});
