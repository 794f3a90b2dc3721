import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
    call: ({ inputs }) => inputs as object,
  });
});

afterAll(() => pulumi.runtime.disconnect());

/** Runs a program against mocks, and answers with the failure of its constructors. */
async function failureOf(program: () => void): Promise<string | undefined> {
  let failure: string | undefined;
  await pulumi.runtime.runInPulumiStack(() => {
    try {
      program();
    } catch (error) {
      failure = (error as Error).message;
    }
    return Promise.resolve({});
  });
  return failure;
}

const elsewhere = () => new gitlab.Provider("elsewhere", { baseUrl: "https://gitlab.acme.example", token: "t" });

test("the owner of a token has one set of settings everywhere, and one per project and group", async () => {
  expect(
    await failureOf(() => {
      new gitlab.GlobalNotificationSettings("one", { level: "watch" });
      new gitlab.GlobalNotificationSettings("two", { level: "mention" });
    }),
  ).toBe(
    'GlobalNotificationSettings "two" and GlobalNotificationSettings "one" both manage notification_settings: ' +
      "a token's user has only one. Remove one of them from the program.",
  );
  expect(
    await failureOf(() => {
      new gitlab.GroupNotificationSettings("one", { group: "acme", level: "watch" });
      new gitlab.GroupNotificationSettings("two", { group: "ACME", level: "watch" });
    }),
  ).toMatch(/both manage groups\/ACME\/notification_settings: a group has only one/);
  expect(
    await failureOf(() => {
      new gitlab.GroupPushRule("one", { group: 9 });
      new gitlab.GroupPushRule("two", { group: "groups/9" });
    }),
  ).toMatch(/both manage groups\/9\/push_rule/);
});

test("the same on two GitLabs, and everything side by side, is no clash", async () => {
  expect(
    await failureOf(() => {
      new gitlab.GlobalNotificationSettings("one", {});
      new gitlab.GlobalNotificationSettings("two", {}, { provider: elsewhere() });
      new gitlab.GroupNotificationSettings("three", { group: "acme" });
      new gitlab.ProjectNotificationSettings("four", { project: "acme/shop", level: "custom", approver: true });
      new gitlab.GroupPushRule("five", { group: "acme" });
      new gitlab.ProjectPushRule("six", { project: "acme/shop" });
    }),
  ).toBeUndefined();
});

test("settings have an output for the level and for every event", async () => {
  let settings: gitlab.GlobalNotificationSettings | undefined;
  await failureOf(() => {
    settings = new gitlab.GlobalNotificationSettings("one", { level: "custom", newEpic: true });
  });
  expect(pulumi.Output.isInstance(settings?.level)).toBe(true);
  expect(pulumi.Output.isInstance(settings?.serviceAccountFixedPipeline)).toBe(true);
  expect(pulumi.Output.isInstance(settings?.notificationEmail)).toBe(true);
});
