import { goldenFiles, goldenText, openGolden, writeGolden, writing } from "./support/golden";
import { GitLab, Scenario } from "./support/scenario";

/**
 * States that released versions wrote, which every later one must refresh, update and destroy. They are never edited.
 *
 * `WRITE_GOLDEN=0.2.0 npx jest golden-state` adds the one of a new version.
 */
const files = goldenFiles("state");

const project = "acme/shop";
const group = "acme";
const hook = {
  url: "https://ci.example.com/{path}",
  name: "Deploys",
  pushEvents: true,
  issuesEvents: true,
  enableSslVerification: false,
};
const groupHook = { url: "https://audit.example.com", memberEvents: true, description: "Audit" };
const rules = { commitMessageRegex: "^(feat|fix)", preventSecrets: true, maxFileSize: 5 };
const slack = { username: "bot", branchesToBeNotified: "all", pushChannel: "a, b", tagPushEvents: false };
const jira = { url: "https://jira.example.com", username: "bot", jiraIssueTransitionId: "3, 5" };
const jenkins = { jenkinsUrl: "https://jenkins.example.com", projectName: "shop", username: "bot" };

const program = `
const project = "${project}";
const group = "${group}";
new gitlab.ProjectHook("hook", {
  project, ...${JSON.stringify(hook)}, token: "canary-token", customHeaders: { "X-Key": "canary-header" }, urlVariables: { path: "canary-variable" },
});
new gitlab.GroupHook("group-hook", { group, ...${JSON.stringify(groupHook)}, token: "canary-group-token" });
new gitlab.ProjectPushRule("rules", { project, ...${JSON.stringify(rules)} });
new gitlab.GroupPushRule("group-rules", { group, memberCheck: true });
new gitlab.GlobalNotificationSettings("mine", { level: "watch" });
new gitlab.GroupNotificationSettings("group-mine", { group, level: "mention" });
new gitlab.ProjectNotificationSettings("project-mine", { project, level: "custom", newIssue: true });
new gitlab.integrations.Slack("slack", { project, ...${JSON.stringify(slack)}, webhook: "https://hooks.slack.com/services/canary" });
new gitlab.integrations.Jenkins("jenkins", { project, ...${JSON.stringify(jenkins)}, password: "canary-jenkins" });
new gitlab.integrations.Jira("group-jira", { group, ...${JSON.stringify(jira)}, password: "canary-password" });
gitlab.ProjectHook.get("read", "acme/shop:1");
`;

const managed = [
  "group-hook",
  "group-jira",
  "group-mine",
  "group-rules",
  "hook",
  "jenkins",
  "mine",
  "project-mine",
  "rules",
  "slack",
];

const snake = (props: object): object =>
  Object.fromEntries(
    Object.entries(props).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value as unknown,
    ]),
  );

/** Puts on a GitLab what the golden state says is there. */
async function seed(gitlab: GitLab): Promise<void> {
  const read = { url: "https://theirs.example.com" };
  await gitlab.api("POST", "/projects/42/hooks", read);
  if (writing !== undefined) return;
  const headers = {
    custom_headers: [{ key: "X-Key", value: "canary-header" }],
    url_variables: [{ key: "path", value: "canary-variable" }],
  };
  await gitlab.api("POST", "/projects/42/hooks", { ...snake(hook), ...headers, token: "canary-token" });
  await gitlab.api("POST", "/groups/9/hooks", { ...snake(groupHook), token: "canary-group-token" });
  await gitlab.api("POST", "/projects/42/push_rule", snake(rules));
  await gitlab.api("POST", "/groups/9/push_rule", { member_check: true });
  await gitlab.api("PUT", "/notification_settings", { level: "watch" });
  await gitlab.api("PUT", "/groups/9/notification_settings", { level: "mention" });
  await gitlab.api("PUT", "/projects/42/notification_settings", { level: "custom", new_issue: true });
  const webhook = "https://hooks.slack.com/services/canary";
  await gitlab.api("PUT", "/projects/42/integrations/slack", {
    ...snake(slack),
    webhook,
    use_inherited_settings: false,
  });
  const password = "canary-jenkins";
  await gitlab.api("PUT", "/projects/42/integrations/jenkins", {
    ...snake(jenkins),
    password,
    use_inherited_settings: false,
  });
  await gitlab.api("PUT", "/groups/9/integrations/jira", { ...snake(jira), password: "canary-password" });
}

/** Makes the program's state from its own up and keeps it. */
async function write(): Promise<void> {
  const gitlab = await GitLab.start();
  const scenario = Scenario.on(gitlab);
  await seed(gitlab);
  // One after the other, so that their numbers are those of the seed.
  await scenario.up(
    program
      .split("\n")
      .filter((line) => !/GroupHook|\.get\(/.test(line))
      .join("\n"),
  );
  await scenario.up(program);
  writeGolden("state", scenario);
  await gitlab.stop();
}

if (writing !== undefined) it("is written", write);
else
  it("is there for at least one version", () => {
    expect(files).not.toEqual([]);
  });

for (const name of files)
  describe(name, () => {
    let gitlab: GitLab;
    let scenario: Scenario;

    beforeAll(async () => {
      ({ gitlab, scenario } = await openGolden(name, seed));
    });

    afterAll(() => gitlab.stop());

    it("holds one line of code for each resource, of less than 160 characters, and no secret in clear", () => {
      expect(scenario.names()).toEqual([...managed, "read"].sort());
      for (const { type, inputs = {}, outputs = {} } of scenario.resources()) {
        if (!type.startsWith("pulumi-nodejs:dynamic/")) continue;
        for (const { __provider: code } of [inputs, outputs]) {
          const line = typeof code === "string" ? code : "require";
          expect(line).toContain("require");
          expect(line.length).toBeLessThan(160);
          expect(line).not.toContain("\n");
        }
        expect(JSON.stringify({ inputs, outputs }).length).toBeLessThan(8000);
      }
      expect(goldenText(name)).not.toContain("canary");
    });

    it("is refreshed without a difference", async () => {
      expect((await scenario.refresh()).steps.filter((step) => !step.endsWith(" read"))).toEqual([]);
      expect(scenario.names()).toEqual([...managed, "read"].sort());
    });

    it("has nothing to do in an up of the same program", async () => {
      gitlab.requests();
      expect((await scenario.up(program)).steps.filter((step) => !step.endsWith(" read"))).toEqual([]);
      expect(gitlab.writes()).toEqual([]);
    });

    it("is updated, argument by argument", async () => {
      const changed = program
        .replace('"issuesEvents":true,', "")
        .replace('"memberEvents":true', '"memberEvents":false')
        .replace('"maxFileSize":5', '"maxFileSize":7')
        .replace('"username":"bot","branches', '"username":"robot","branches')
        .replace("canary-jenkins", "canary-jenkins-new")
        .replace('"mention"', '"disabled"');
      const { steps } = await scenario.up(changed);
      const wanted = ["group-hook", "group-mine", "hook", "jenkins", "rules", "slack"];
      expect(steps.filter((step) => !step.endsWith(" read")).sort()).toEqual(
        wanted.map((resource) => `update ${resource}`),
      );
      expect(await gitlab.api("GET", "/projects/42/hooks/2")).toMatchObject({
        push_events: true,
        issues_events: false,
      });
      expect(await gitlab.api("GET", "/projects/42/push_rule")).toMatchObject({
        max_file_size: 7,
        prevent_secrets: true,
      });
    });

    it("is destroyed, and nothing but what it only read is left", async () => {
      await scenario.destroy();
      expect(scenario.names()).toEqual([]);
      expect(gitlab.sandbox.control.objects()).toMatchObject({
        hooks: 1,
        integrations: 0,
        pushRules: 0,
        notificationSettings: 0,
      });
    });
  });
