import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";
import { asProgram, known } from "../../contract/support/program";

/* Former names are outputs too. */
/* eslint-disable @typescript-eslint/no-deprecated */
// Former names are deprecated, and the program says so.
const warnings = jest.spyOn(console, "warn").mockReturnValue();
afterAll(() => {
  warnings.mockRestore();
});

/** A class as a program in JavaScript has it. */
type Untyped = new (name: string, args: unknown) => pulumi.Resource;
const hook = { project: 42, url: "https://ci.example.com" };

describe.each([
  ["an Output", pulumi.output(hook)],
  ["a promise", Promise.resolve(hook)],
])("arguments that are %s as a whole", (_what, args) => {
  beforeAll(() => asProgram());

  test.each([
    ['ProjectHook "whole"', gitlab.ProjectHook],
    ['Project "whole"', gitlab.Project],
    ['Slack "whole"', gitlab.integrations.Slack],
    ['GlobalNotificationSettings "whole"', gitlab.GlobalNotificationSettings],
    ['Provider "whole"', gitlab.Provider],
  ])("%s refuses, and says what to write", (title, type) => {
    const make = () => new (type as Untyped)("whole", args);
    expect(make).toThrow(pulumi.RunError);
    expect(make).toThrow(`${title}: the arguments must be an object, not an Output or promise.`);
    expect(make).toThrow("write `{ project: all.project, ... }`");
  });
});

test("no arguments at all are told as well", async () => {
  await asProgram();
  expect(() => new (gitlab.ProjectHook as Untyped)("none", undefined)).toThrow(/: the arguments must be an object\. /);
});

test("what the error proposes works", async () => {
  await asProgram();
  const all = pulumi.output(hook);
  const made = new gitlab.ProjectHook("one by one", { project: all.project, url: all.url });
  expect((await known(made.url)).value).toBe(hook.url);
});

describe.each([
  ["an up", false],
  ["a preview", true],
])("in %s, an output that the state leaves out", (_run, preview) => {
  beforeAll(() => asProgram({ preview }));

  test("has the value of its argument, and is a secret when that is one", async () => {
    const plain = new gitlab.Project("plain", { name: "shop", topics: ["a"], issuesAccessLevel: "disabled" });
    expect(await known(plain.tagList)).toEqual({ value: ["a"], secret: false });
    expect(await known(plain.issuesEnabled)).toEqual({ value: false, secret: false });
    const hidden = new gitlab.Project("hidden", { name: "shop", topics: pulumi.secret(["a"]), emailsEnabled: false });
    expect(await known(hidden.tagList)).toEqual({ value: ["a"], secret: true });
    expect(await known(hidden.emailsDisabled)).toEqual({ value: true, secret: false });
    const former = new gitlab.Project("former", { name: "shop", tagList: [pulumi.secret("b"), "c"] });
    expect(await known(former.topics)).toEqual({ value: ["b", "c"], secret: true });
    expect(await known(former.tagList)).toEqual({ value: ["b", "c"], secret: true });
  });

  test("stays itself where the state has it", async () => {
    const args = { project: 1, webhook: "https://hooks.slack.com/services/x", issueChannel: "#a" };
    const own = new gitlab.integrations.Slack("own", { ...args, confidentialIssueChannel: "#b" });
    expect((await known(own.confidentialIssueChannel)).value).toBe("#b");
    const other = new gitlab.integrations.Slack("other", { ...args, project: 2 });
    expect((await known(other.confidentialIssueChannel)).value).toBe("#a");
  });
});

test("without a value on either side there is none", async () => {
  await asProgram();
  const made = new gitlab.Project("bare", { name: "shop" });
  expect((await known(made.tagList)).value).toBeUndefined();
  expect((await known(made.issuesEnabled)).value).toBeUndefined();
});
