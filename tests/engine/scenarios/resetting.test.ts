import { GitLab, Scenario } from "./support/scenario";

const start = `
const project = "acme/shop";
new gitlab.ProjectHook("hook", { project, url: "https://ci.example.com" });
new gitlab.ProjectHook("ignoring", { project, url: "https://ignored.example.com", pushEvents: false }, { ignoreChanges: ["url"] });
new gitlab.ProjectHook("retained", { project, url: "https://kept.example.com" }, { retainOnDelete: true });
new gitlab.integrations.Slack("slack", { project, webhook: "https://hooks.slack.com/services/ours" });
`;

const more = start
  .replace(
    '"https://ci.example.com"',
    '"https://ci.example.com", issuesEvents: true, name: "Deploys", customHeaders: { "X-A": "1" }',
  )
  .replace("https://ignored.example.com", "https://other.example.com");

const less = start.replace(/^.*"retained".*\n/m, "").replace(/^.*Slack.*\n/m, "");

describe("arguments that come and go", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
    const values = { webhook: "https://hooks.slack.com/services/theirs", username: "group-bot" };
    gitlab.sandbox.control.seedIntegration({ scope: "groups/acme", slug: "slack", values });
    await scenario.up(start);
  });

  afterAll(() => gitlab.stop());

  const slack = (): Promise<Record<string, unknown>> => gitlab.api("GET", "/projects/42/integrations/slack");
  const hook = (name: string): Promise<Record<string, unknown>> =>
    gitlab.api("GET", `/${scenario.stored(name).id ?? ""}`);

  it("override what a project inherits", async () => {
    expect(await slack()).toMatchObject({ active: true, inherited: false });
  });

  it("are set when they come, and nothing happens while they stay", async () => {
    const { steps } = await scenario.up(more);
    expect(steps).toContain("update hook");
    expect(await hook("hook")).toMatchObject({
      issues_events: true,
      name: "Deploys",
      custom_headers: [{ key: "X-A" }],
    });
    expect((await scenario.up()).steps).toEqual([]);
  });

  it("are left alone where changes are ignored", async () => {
    expect((await hook("ignoring")).url).toBe("https://ignored.example.com");
  });

  it("go back to GitLab's own value when they go", async () => {
    const retained = scenario.stored("retained").id ?? "";
    const { steps } = await scenario.up(less);
    expect([...steps].sort()).toEqual(["delete retained", "delete slack", "update hook"]);
    expect(await hook("hook")).toMatchObject({ issues_events: false, custom_headers: [] });
    expect((await hook("hook")).name ?? "").toBe("");
    expect((await scenario.up()).steps).toEqual([]);
    await gitlab.api("DELETE", `/${retained}`);
  });

  it("let a project inherit again when its own integration goes", async () => {
    const now = await slack();
    expect(now).toMatchObject({ active: true, inherited: true });
    expect(now.properties).toMatchObject({ username: "group-bot" });
  });

  it("leave nothing behind", async () => {
    await scenario.destroy();
    expect(gitlab.sandbox.control.objects()).toMatchObject({ hooks: 0 });
  });
});
