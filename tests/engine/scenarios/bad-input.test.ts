import { GitLab, Scenario } from "./support/scenario";

describe("bad input, found by a preview", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
  });

  afterAll(() => gitlab.stop());

  /** The output of a preview that must fail without asking GitLab anything or quoting what was given. */
  async function refused(program: string): Promise<string> {
    const { output } = await scenario.failing("preview", program);
    expect(output).not.toMatch(/canary/i);
    expect(output).not.toMatch(/\n\s+at .*[(/]/);
    expect(gitlab.requests()).toEqual([]);
    return output;
  }

  it("names every problem of an integration at once", async () => {
    const output = await refused(`
      new gitlab.integrations.Slack("bad", {
        project: "acme/shop", group: "acme", branchesToBeNotified: "canary-branches", pushEvents: "canary-flag",
        pushChanel: "canary-channel", username: pulumi.secret(["canary-name"]), slackUrl: "canary-url",
      });
    `);
    expect(output).toContain("group: give either project or group, not both");
    expect(output).toContain("branchesToBeNotified: must be one of all, default, protected, default_and_protected");
    expect(output).toContain("pushEvents: must be true or false, but is a string");
    expect(output).toContain("pushChanel: Slack has no such argument; did you mean pushChannel?");
    expect(output).toContain("slackUrl: Slack has no such argument");
    expect(output).toContain("username: must be a string, but is a list");
    expect(output).toContain("webhook: is required");
  });

  it("names every problem of a hook at once, inside maps too", async () => {
    const output = await refused(`
      new gitlab.ProjectHook("bad", {
        url: "canary://example.com", token: "canary\\nsecond line", branchFilterStrategy: "canary", push_events: true,
        customHeaders: { "X-Good": "canary", "X-Bad": 5, "X Bad": "canary" }, urlVariables: "canary", group: "canary",
      });
    `);
    expect(output).toMatch(/group: ProjectHook takes no group; use project/);
    expect(output).toMatch(/url: must be a URL/);
    expect(output).toMatch(/token: .*line break/);
    expect(output).toMatch(/branchFilterStrategy: must be one of/);
    expect(output).toMatch(/push_events: ProjectHook has no such argument; did you mean pushEvents\?/);
    expect(output).toMatch(/customHeaders\.X-Bad: must be a string, but is a number/);
    expect(output).toMatch(/urlVariables: must be a map, but is a string/);
  });

  it("names every problem of the configuration, for every resource", async () => {
    scenario.configure({ "gitlab:token": { secret: "canary\nof the token" }, "gitlab:retries": "canary" });
    const output = await refused('new gitlab.GroupHook("fine", { group: "acme", url: "https://a.example.com" });');
    expect(output).toMatch(/gitlab:token .*line break/);
    expect(output).toContain("gitlab:retries must be a whole number from 0 to 100");
  });
});
