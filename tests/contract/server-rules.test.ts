import { isDeepStrictEqual } from "node:util";
import type { Definition } from "../../provider/core/definition";
import { check } from "../../provider/operations/check";
import { check as checkFleet } from "../../provider/fleet/check";
import { isFleetable } from "../../provider/fleet/kinds";
import { bodyOf } from "../../provider/operations/state/request-body";
import { unknownValue } from "../../provider/core/unknown";
import { ruleCases, type RuleCase } from "./rules/refusals";
import { definitionOf } from "./support/cases";
import { ProviderFixture } from "./support/provider-fixture";
import type { Props } from "./support/resource-state";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterAll(async () => {
  await fixture.stop();
});

const titled = ruleCases.map((each) => [`${each.of}: ${each.rule}`, each] as const);

/** The arguments with the place that they are for. */
function placed(definition: Definition, args: Props): Props {
  const [scope] = definition.scopes;
  if (scope === undefined) return args;
  return { [scope]: scope === "project" ? "acme/shop" : "acme", ...args };
}

function problems(rule: RuleCase, args: Props): readonly string[] {
  const definition = definitionOf(rule.of);
  return check(definition, {}, placed(definition, { ...rule.base, ...args })).problems;
}

/** What GitLab says of arguments that no check has seen. */
async function ask({ of, base }: RuleCase, args: Props): Promise<number> {
  const definition = definitionOf(of);
  const given = { ...base, ...args };
  if (definition.kind === "project") return status("POST", "/projects", bodyOf(definition, write({ ...given })));
  const [scope = "project"] = definition.scopes;
  const { id } = await fixture.createParent(scope);
  const body = bodyOf(definition, write(given));
  const where = `/${scope}s/${id}/${definition.path.replace("/:id", "")}`;
  return status(["integration", "pullMirror"].includes(definition.kind) ? "PUT" : "POST", where, body);
}

function write(given: Props) {
  return { given, reset: [], last: {} };
}

async function status(method: string, path: string, body: unknown): Promise<number> {
  const asked = await fixture.request(method, path, body);
  const { id } = (asked.answer ?? {}) as { id?: unknown };
  if (path === "/projects" && typeof id === "number") {
    const { path_with_namespace: full } = asked.answer as { path_with_namespace: string };
    await fixture.request("DELETE", `/projects/${id}`);
    await fixture.request("DELETE", `/projects/${id}?permanently_remove=true&full_path=${encodeURIComponent(full)}`);
  }
  return asked.status;
}

describe.each(titled)("%s", (_, rule) => {
  const { wrong, right = [], names } = rule;
  const nameOf = (args: Props) => names ?? Object.keys(args).at(-1) ?? "";

  test("is told at preview, by the property's name and without its value, and nothing else is", () => {
    for (const args of wrong) {
      expect([args, problems(rule, args)]).toEqual([args, [expect.stringMatching(new RegExp(`^${nameOf(args)}[:.]`))]]);
    }
    for (const args of right) expect([args, problems(rule, args)]).toEqual([args, []]);
  });

  test("passes while what it is about is computed", () => {
    for (const args of wrong) {
      const [name = ""] = nameOf(args).split(".");
      const all = { ...rule.base, ...args, [name]: undefined };
      const hidden = Object.fromEntries(Object.keys(all).map((name) => [name, unknownValue]));
      expect(problems({ ...rule, base: {} }, hidden)).toEqual([]);
      expect([args, problems(rule, { ...args, [name]: unknownValue })]).toEqual([args, []]);
    }
  });

  test("holds for the entry of a fleet", () => {
    const definition = definitionOf(rule.of);
    if (!isFleetable(definition)) return;
    for (const args of wrong) {
      // Each in a fleet of its own: what several entries have in common is told once.
      const entries = { one: placed(definition, { ...rule.base, ...args }) };
      const told = checkFleet(definition, {}, { entries }).problems;
      expect([args, told]).toEqual([
        args,
        [expect.stringMatching(new RegExp(`^entries\\["one"\\]\\.${nameOf(args)}[:.]`))],
      ]);
    }
  });

  test("is what GitLab refuses, and takes", async () => {
    if (rule.isOnlyHere) return;
    const isAsked = (args: Props) => rule.asked === undefined || rule.asked.some((one) => isDeepStrictEqual(one, args));
    for (const args of wrong.filter(isAsked)) {
      const answer = await ask(rule, args);
      expect([args, [400, 422].includes(answer) ? "refused" : answer]).toEqual([args, "refused"]);
    }
    for (const args of right.filter(isAsked)) {
      const answer = await ask(rule, args);
      expect([args, answer < 300 ? "taken" : answer]).toEqual([args, "taken"]);
    }
  });
});

/** The problems of new arguments, as a preview tells them of an object that is there. */
function problemsOfChange(name: string, olds: Props, news: Props): readonly string[] {
  const definition = definitionOf(name);
  return check(definition, placed(definition, olds), placed(definition, news)).problems;
}

describe("an object that is there", () => {
  const jira = { url: "https://jira.example.com", username: "bot", password: "word" };
  const vulnerable = { ...jira, vulnerabilitiesEnabled: true, projectKey: "SHOP", vulnerabilitiesIssuetype: 1 };
  const seen = { apiKey: "abc1", datadogCiVisibility: true, archiveTraceEvents: true };

  test.each<[string, string, Props, Props, string[]]>([
    [
      "loses what another argument needs",
      "integrations.Jira",
      vulnerable,
      { ...jira, vulnerabilitiesEnabled: true, projectKey: "SHOP" },
      ["vulnerabilitiesIssuetype: is required with vulnerabilitiesEnabled"],
    ],
    [
      "loses what its logs need",
      "integrations.Datadog",
      seen,
      { apiKey: "abc1", archiveTraceEvents: true },
      ["archiveTraceEvents: requires datadogCiVisibility"],
    ],
    [
      "has on GitLab what the program never gave",
      "integrations.Datadog",
      { apiKey: "abc1" },
      { apiKey: "abc1", archiveTraceEvents: true },
      [],
    ],
    [
      "gets a repository that is closed, and merge requests that never were the program's",
      "Project",
      { path: "levels" },
      { path: "levels", repositoryAccessLevel: "private" },
      [],
    ],
    [
      "loses the level that a closed repository needs",
      "Project",
      { path: "levels", repositoryAccessLevel: "private", buildsAccessLevel: "private" },
      { path: "levels", repositoryAccessLevel: "private" },
      [expect.stringMatching(/^buildsAccessLevel: would be open to more people/) as string],
    ],
    [
      "keeps a path that GitLab gives to no new project",
      "Project",
      { path: "_old" },
      { path: "_old", description: "x" },
      [],
    ],
    [
      "gets a path that GitLab gives to none",
      "Project",
      { path: "old" },
      { path: "_new" },
      [expect.stringMatching(/^path: must be letters and digits with single dots/) as string],
    ],
    ["may be a fork by now", "Project", { path: "fork" }, { path: "fork", mrDefaultTargetSelf: true }, []],
    ["may have a source by now", "Project", { path: "x" }, { path: "x", mirror: true }, []],
  ])("%s", (_, name, olds, news, told) => {
    expect(problemsOfChange(name, olds, news)).toEqual(told);
  });

  test("is imported with a name and a path that GitLab gives to no new one", () => {
    const definition = definitionOf("Project");
    const args = { name: "(old)", path: "_old--x", __import: "projects/42" };
    expect(check(definition, {}, args).problems).toEqual([]);
  });
});

test("an integration that inherits is held to no rule: GitLab passes over what it is given", () => {
  const definition = definitionOf("integrations.Datadog");
  const args = { project: 42, apiKey: "abc1", archiveTraceEvents: true };
  expect(check(definition, {}, args).problems).toHaveLength(1);
  expect(check(definition, {}, { ...args, useInheritedSettings: true }).problems).toEqual([]);
});
