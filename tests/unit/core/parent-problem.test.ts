import { parentProblem } from "../../../provider/core/parent-problem";
import { parentText, type Scope } from "../../../provider/core/parent-ref";

const both: readonly Scope[] = ["project", "group"];

test.each([
  ["project", 42],
  ["project", "42"],
  ["project", "acme/shop"],
  ["project", "acme/platform/gateway"],
  ["project", "projects/42"],
  ["project", "projects/acme/shop"],
  ["project", "acme.dev/_shop-2"],
  ["project", "acme/hooks"],
  ["project", Number.MAX_SAFE_INTEGER],
  ["group", 9],
  ["group", "acme"],
  ["group", "acme/platform"],
  ["group", "groups/9"],
] as const)("as a %s, %j is as it should be", (scope, value) => {
  expect(parentProblem(scope, value)).toBeUndefined();
  expect(parentText(scope, value)).toBeDefined();
});

test.each([
  ["", /^is empty: .*configuration value/],
  ["  ", /^is empty: /],
  ["https://gitlab.com/acme/canary", /^is a URL: give the full path alone/],
  ["HTTP://gitlab.example/acme/canary/", /^is a URL/],
  ["ssh://git@gitlab.com/acme/canary.git", /^is a URL/],
  ["git@gitlab.com:acme/canary.git", /^is an address for git/],
  ["acme%2Fcanary", /^is encoded for a URL/],
  ["acme%2fcanary", /^is encoded for a URL/],
  ["acme/canary/", /^ends with a slash/],
  ["/acme/canary", /^begins with a slash/],
  ["acme//canary", /^has two slashes/],
  ["acme\\canary", /^has a backslash/],
  [" acme/canary", /^begins or ends with a space/],
  ["acme/canary\n", /^begins or ends with a space/],
  ["Acme / Canary", /^has a space: .*not its name/],
  ["acme/canary.git", /^ends in \.git/],
  [2 ** 53 + 2, /^is a larger number than/],
  ["9007199254740993", /^is a larger number than/],
  [0, /^must be the number/],
  [-42, /^must be the number/],
  [4.2, /^must be the number/],
  [Number.NaN, /^must be the number/],
  [true, /^must be the number/],
  [["acme/canary"], /^must be the number/],
  [{ id: 42 }, /^must be the number/],
  ["acme/../canary", /^must be the number/],
  ["acme/can?ary", /^must be the number/],
  ["projects/42/hooks/7", /^is the ID of something in a /],
  ["groups/9/integrations/slack", /^is the ID of something in a /],
] as const)("as a project or group, %j is not, and the reason does not quote it", (value, reason) => {
  for (const scope of both) {
    const problem = parentProblem(scope, value) ?? "";
    expect(problem).toMatch(reason);
    expect(problem).toMatch(scope === "project" ? /project|acme\/shop/ : /group|acme\/platform/);
    expect(problem).not.toMatch(/canary|\n|SCOPE|EXAMPLE/i);
  }
});

test.each([
  ["project", "canary", /^has no namespace: give the full path with its group or user, such as acme\/shop$/],
  ["project", "groups/9", /^is the ID of a group: give that of a project$/],
  ["group", "projects/42", /^is the ID of a project: give that of a group$/],
] as const)("as a %s, %j is not", (scope, value, reason) => {
  expect(parentProblem(scope, value)).toMatch(reason);
});
