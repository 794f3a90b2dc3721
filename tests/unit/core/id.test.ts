import { isParent, parentText } from "../../../provider/core/parent-ref";
import { formatId, idForms, idProblem, parseId } from "../../../provider/core/id";
import { Project, ProjectHook, GroupHook, ProjectPushRule, integrations } from "../../../provider";

const hook = ProjectHook.definition;
const groupHook = GroupHook.definition;
const rule = ProjectPushRule.definition;
const mattermost = integrations.Mattermost.definition;
const project = Project.definition;
const jenkins = integrations.Jenkins.definition;

test.each([
  ["projects/42/hooks/7", hook, { scope: "project", parent: "42", key: 7 }],
  ["projects/acme/shop/hooks/7", hook, { scope: "project", parent: "acme/shop", key: 7 }],
  ["/projects/42/hooks/7/", hook, { scope: "project", parent: "42", key: 7 }],
  [" acme/shop:7\n", hook, { scope: "project", parent: "acme/shop", key: 7 }],
  ["42:7", hook, { scope: "project", parent: "42", key: 7 }],
  ["projects/acme/hooks/hooks/7", hook, { scope: "project", parent: "acme/hooks", key: 7 }],
  ["groups/9/hooks/3", groupHook, { scope: "group", parent: "9", key: 3 }],
  ["acme/platform:3", groupHook, { scope: "group", parent: "acme/platform", key: 3 }],
  ["projects/42/push_rule", rule, { scope: "project", parent: "42" }],
  ["acme/shop", rule, { scope: "project", parent: "acme/shop" }],
  ["42", rule, { scope: "project", parent: "42" }],
  ["projects/acme/shop/integrations/mattermost", mattermost, { scope: "project", parent: "acme/shop" }],
  ["groups/acme/integrations/mattermost", mattermost, { scope: "group", parent: "acme" }],
  ["acme/shop", mattermost, { scope: "project", parent: "acme/shop" }],
  ["projects/42", project, { scope: "project", parent: "42" }],
  ["projects/acme/shop", project, { scope: "project", parent: "acme/shop" }],
  ["acme/platform/gateway", project, { scope: "project", parent: "acme/platform/gateway" }],
  ["42", project, { scope: "project", parent: "42" }],
  ["projects/acme/projects/integrations/mattermost", mattermost, { scope: "project", parent: "acme/projects" }],
])("%s is an ID", (text, definition, expected) => {
  expect(parseId(definition, text)).toEqual(expected);
});

test("a short form takes the scope of the arguments", () => {
  expect(parseId(mattermost, "acme", "group")).toEqual({ scope: "group", parent: "acme" });
  expect(parseId(jenkins, "acme/shop", "group")).toEqual({ scope: "project", parent: "acme/shop" });
});

test.each([
  ["", hook],
  ["acme/shop", hook],
  ["projects/42/hooks/0", hook],
  ["projects/42/hooks/07", hook],
  ["projects/42/hooks/7.5", hook],
  ["projects/42/hooks", hook],
  ["projects/42:7", hook],
  ["groups/9/hooks/3", hook],
  ["projects/42/integrations/jira", mattermost],
  ["projects/42/integrations", mattermost],
  ["projects/42", mattermost],
  ["acme", project],
  ["groups/9", project],
  ["projects", project],
  ["projects/projects/42", project],
  ["projects", mattermost],
  ["groups/9/integrations/jenkins", jenkins],
  ["https://gitlab.example.com/acme/shop", mattermost],
  ["acme//shop", mattermost],
  ["acme/sh op", mattermost],
  ["../../user", mattermost],
  ["acme/shop?x=1", rule],
])("%s is none", (text, definition) => {
  expect(parseId(definition, text)).toBeUndefined();
});

test.each([
  ["projects/42/hooks/7", hook],
  ["projects/acme/shop/integrations/mattermost", mattermost],
  ["groups/9/hooks/3", groupHook],
  ["projects/42/push_rule", rule],
])("%s is written as it is read", (text, definition) => {
  expect(formatId(definition, parseId(definition, text) ?? {})).toBe(text);
});

test("the accepted forms of an ID", () => {
  expect(idForms(hook)).toBe("projects/42/hooks/7, projects/acme/shop/hooks/7, acme/shop:7");
  expect(idForms(mattermost)).toBe(
    "projects/42/integrations/mattermost, projects/acme/shop/integrations/mattermost, acme/shop, " +
      "groups/42/integrations/mattermost, groups/acme/integrations/mattermost, acme",
  );
  for (const form of idForms(hook).split(", ")) expect(parseId(hook, form)).toBeDefined();
});

test.each([
  [42, "42"],
  ["42", "42"],
  ["projects/42", "42"],
  ["projects/acme/shop", "acme/shop"],
  ["acme/shop", "acme/shop"],
  ["acme/.dotfiles", "acme/.dotfiles"],
  [0, undefined],
  [-1, undefined],
  [1.5, undefined],
  [Number.NaN, undefined],
  ["", undefined],
  ["acme shop", undefined],
  ["acme/shop/", undefined],
  ["acme/shop\n", undefined],
  [true, undefined],
  [null, undefined],
  [["acme"], undefined],
])("the project %p is %p", (value, expected) => {
  expect(parentText("project", value)).toBe(expected);
});

test("a path goes nowhere else", () => {
  for (const text of ["..", "../x", "acme/../x", "a/./b", ".", "a%2Fb", "a\\b", "a#b"])
    expect([text, isParent(text)]).toEqual([text, false]);
});

test.each([
  ["projects/9007199254740993", project],
  ["9007199254740993", project],
  ["projects/42/hooks/9007199254740993", hook],
  ["projects/9007199254740993/hooks/7", hook],
  ["acme/shop:9007199254740993", hook],
  ["9007199254740993", rule],
  ["groups/9007199254740993/integrations/mattermost", mattermost],
  [`projects/42/hooks/1${"0".repeat(400)}`, hook],
])("%s has a number that would become another one, and is no ID", (text, definition) => {
  expect(parseId(definition, text)).toBeUndefined();
  expect(idProblem(definition, text)).toMatch(/^the ID has a larger number than GitLab has: /);
});

test("the largest number that is kept as it is may be an ID", () => {
  expect(parseId(hook, "projects/9007199254740991/hooks/9007199254740991")).toEqual({
    scope: "project",
    parent: "9007199254740991",
    key: Number.MAX_SAFE_INTEGER,
  });
});
