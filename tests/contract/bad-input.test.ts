import { fieldsOf, type FieldInfo } from "../../provider/core/schema";
import { cases, definitionOf } from "./support/cases";
import { ManagedResource, type Props } from "./support/managed-resource";
import { allArgs, leastArgs, settable } from "./support/samples";
import { ProviderFixture } from "./support/provider-fixture";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const url = "https://ci.example.com/hook";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterAll(async () => {
  await fixture.stop();
});

function problems(definition: typeof hook, args: Props): Promise<string[]> {
  return new ManagedResource(fixture, definition).problems(args);
}

/** A value of a wrong type for a field, with a text that must not be quoted. */
function wrong({ type }: FieldInfo): unknown {
  if (type === "boolean") return "canary0value";
  if (type === "map") return ["canary0value"];
  return { canary0value: { deep: ["canary0value"] } };
}

describe.each(cases)("%s in a %s", (_name, scope, definition) => {
  const infos = settable(definition, scope);

  test("every computed value passes, at any depth, without a request", async () => {
    const all = Object.fromEntries(infos.map(({ name }) => [name, unknown]));
    const { result, requests } = await fixture.recordRequests(() => problems(definition, { [scope]: unknown, ...all }));
    expect([result, requests]).toEqual([[], []]);
    const deep = Object.entries(allArgs(definition, scope)).map(([name, value]) => [name, hidden(value)] as const);
    expect(await problems(definition, { [scope]: 42, ...Object.fromEntries<unknown>(deep) })).toEqual([]);
  });

  test("every wrong value is told at once, by its name and unquoted", async () => {
    const all = Object.fromEntries(infos.map((info) => [info.name, wrong(info)]));
    const told = await problems(definition, { [scope]: 42, ...all });
    for (const { name } of infos) expect(told).toContainEqual(expect.stringMatching(new RegExp(`^${name}[:.]`)));
    expect(told.join()).not.toContain("canary0value");
  });

  test("every missing one is told at once", async () => {
    const told = await problems(definition, {});
    const required = [...fieldsOf(definition.fields).values()].filter((info) => info.required).map(({ name }) => name);
    for (const name of required) expect(told).toContain(`${name}: is required`);
    expect(told).toContainEqual(expect.stringMatching(/^(project|group): is required/));
  });

  test("a scope that it has not", async () => {
    const other = scope === "project" ? "group" : "project";
    if (definition.scopes.includes(other)) {
      const told = await problems(definition, { project: 42, group: 9, ...leastArgs(definition, scope) });
      expect(told).toEqual(["group: give either project or group, not both"]);
    } else {
      const told = await problems(definition, { [other]: 9, ...leastArgs(definition, scope) });
      expect(told).toContainEqual(
        expect.stringMatching(new RegExp(`^${other}: \\w+ takes no ${other}; use ${scope}$`)),
      );
    }
  });
});

function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(() => unknown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, unknown]));
}

describe.each([
  ["ProjectHook", "project"],
  ["GroupHook", "group"],
  ["integrations.Slack", "project"],
  ["integrations.Slack", "group"],
  ["ProjectShare", "groupId"],
] as const)("%s: what is no %s", (name, argument) => {
  test.each([
    ["", "is empty"],
    ["https://gitlab.com/acme/canary", "is a URL"],
    ["acme%2Fcanary", "is encoded for a URL"],
    ["acme/canary/", "ends with a slash"],
    ["/acme/canary", "begins with a slash"],
    [" acme/canary", "begins or ends with a space"],
    ["9007199254740993", "is a larger number"],
    ["projects/42/hooks/7", "is the ID of something in a "],
  ])("%j is refused by what is wrong with it, without a request", async (value, reason) => {
    const definition = definitionOf(name);
    const scope = argument === "group" ? "group" : "project";
    const args = { [scope]: 42, ...leastArgs(definition, scope), [argument]: value };
    const { result, requests } = await fixture.recordRequests(() => problems(definition, args));
    expect([result, requests]).toEqual([[expect.stringMatching(new RegExp(`^${argument}: ${reason}`))], []]);
    expect(result.join()).not.toContain("canary");
  });
});

test("all problems of a hook at once", async () => {
  const told = await problems(hook, {
    project: "acme shop",
    url: "ftp://canary0value",
    pushEvent: true,
    token: "canary0value\nx",
    pushEvents: "yes",
    branchFilterStrategy: "canary0value",
    customHeaders: { "X Team": "canary0value", Team: "" },
    urlVariables: { key: 5 },
  });
  expect(told).toEqual([
    "project: has a space: give the full path of its address, such as acme/shop, and not its name",
    "pushEvent: ProjectHook has no such argument; did you mean pushEvents?",
    "url: must be a URL that starts with http:// or https://",
    "token: must not contain a line break",
    "customHeaders.Team: must have between 1 and 2,048 characters",
    "customHeaders.X Team: the key must be letters, then digits, then parts of letters and digits after a dot, dash or underscore",
    "urlVariables.key: must be a string, but is a number",
    "branchFilterStrategy: must be one of wildcard, regex, all_branches",
    "pushEvents: must be true or false, but is a string",
  ]);
});

test.each([
  [slack, "webhok", "webhook"],
  [slack, "push_events", "pushEvents"],
  [slack, "branches_to_be_notified", "branchesToBeNotified"],
  [hook, "Url", "url"],
  [hook, "mergeRequestEvents", "mergeRequestsEvents"],
])("$name: %s is unknown, with a suggestion", async (definition, given, meant) => {
  const args = { project: 42, ...leastArgs(definition, "project"), [given]: "canary0value" };
  const told = await problems(definition, args);
  expect(told).toContainEqual(
    expect.stringMatching(new RegExp(`^${given}: \\w+ has no such argument; did you mean ${meant}\\?$`)),
  );
});

test.each(["constructor", "toString", "completelyDifferent"])("%s has no suggestion and no effect", async (name) => {
  const told = await problems(hook, { project: 42, url, [name]: "canary0value" });
  expect(told).toEqual([`${name}: ProjectHook has no such argument`]);
});

test("a placeholder without a variable, unless the variables are not known", async () => {
  const templated = "https://ci.example.com/{key}";
  expect(await problems(hook, { project: 42, url: templated })).toEqual([
    "url: has the placeholder {key}, but urlVariables has no key",
  ]);
  expect(await problems(hook, { project: 42, url: templated, urlVariables: unknown })).toEqual([]);
  expect(await problems(hook, { project: 42, url: templated, urlVariables: { key: unknown } })).toEqual([]);
});

test("a preview of a hook on a computed project and URL plans no replacement", async () => {
  const managed = new ManagedResource(fixture, hook);
  await managed.up({ project: 42, url, customHeaders: { A: "canary-header" } });
  for (const args of [
    { project: unknown, url, customHeaders: { A: unknown } },
    { project: 42, url: unknown, customHeaders: unknown },
    { project: 42, url, customHeaders: { A: "canary-header" }, urlVariables: unknown },
  ]) {
    expect(await managed.diff(args)).toEqual({ changes: true, replaces: [] });
  }
});

test("values that are hard to read do not end the process", async () => {
  const odd: unknown[] = [
    0,
    -1,
    "",
    " ",
    [],
    {},
    [[]],
    { a: { b: {} } },
    "\u0000",
    "\ud800",
    "x".repeat(100_000),
    [null],
    { A: null },
    1e300,
    true,
  ];
  for (const value of odd) {
    for (const name of ["project", "url", "token", "customHeaders", "pushEvents", "branchFilterStrategy"]) {
      await problems(hook, { project: 42, url, [name]: value });
    }
  }
  expect(await problems(hook, { project: 42, url })).toEqual([]);
});

test("no secret was quoted", async () => {
  const spoken = await fixture.allOutput();
  expect(spoken).not.toContain("canary");
});
