import { GitLab, Scenario } from "./support/scenario";

const program = `
const project = "acme/shop";
const read = gitlab.ProjectHook.get("read", "acme/shop:1");
const slack = gitlab.integrations.Slack.get("read-slack", "projects/42/integrations/slack");
new gitlab.ProjectHook("hook", { project, url: "https://ours.example.com", token: "canary-token" });
new gitlab.ProjectPushRule("rules", { project, preventSecrets: true });
return { url: read.url, id: read.hookId, path: read.projectPath, username: slack.username };
`;

describe("reading", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
    await gitlab.api("POST", "/projects/42/hooks", { url: "https://theirs.example.com", token: "canary-theirs" });
    const slack = { webhook: "https://hooks.slack.com/services/1", username: "bot" };
    await gitlab.api("PUT", "/projects/42/integrations/slack", slack);
    await scenario.up(program);
  });

  afterAll(() => gitlab.stop());

  it("gives a program what it does not manage", () => {
    const { outputs } = scenario.stored("app-dev");
    expect(outputs).toEqual({ url: "https://theirs.example.com", id: 1, path: "acme/shop", username: "bot" });
  });

  it("of what the program does not manage keeps no input in the state, and manages nothing", () => {
    expect(Object.keys(scenario.stored("read").inputs ?? {}).filter((name) => name !== "__provider")).toEqual([]);
    expect(scenario.stored("read").outputs).not.toHaveProperty("__managed");
  });

  it("says in a refresh how what it does not manage has changed", async () => {
    expect((await scenario.refresh()).steps).toEqual([]);
    await gitlab.api("PUT", "/projects/42/hooks/1", { url: "https://changed.example.com" });
    await scenario.refresh();
    expect(scenario.stored("read").outputs?.url).toBe("https://changed.example.com");
    gitlab.requests();
    await scenario.up();
    expect(scenario.stored("app-dev").outputs?.url).toBe("https://changed.example.com");
    expect(gitlab.writes()).toEqual([]);
  });

  it("keeps everything in the state while the project answers 404, and warns", async () => {
    gitlab.sandbox.control.addFault({
      path: "^/projects/42",
      status: 404,
      body: { message: "404 Project Not Found" },
      times: 50,
    });
    const { steps, output } = await scenario.refresh();
    gitlab.sandbox.control.faults.clear();
    expect(steps.filter((step) => /(hook|rules)$/.test(step))).toEqual([]);
    expect(scenario.names()).toEqual(expect.arrayContaining(["hook", "rules"]));
    expect(output).toMatch(/projects\/42\/hooks\/\d+: kept in state, because its project answers 404/);
    expect(output).toMatch(/projects\/42\/push_rule: kept in state, because its project answers 404/);
    expect((await scenario.up()).steps.filter((step) => !step.includes("read"))).toEqual([]);
  });

  it("takes a project's new path for the same project", async () => {
    await gitlab.api("PUT", "/projects/42", { path: "store" });
    gitlab.requests();
    expect((await scenario.up()).steps.filter((step) => !step.includes("read"))).toEqual([]);
    const renamed = program.replace('"acme/shop"', '"acme/store"');
    expect((await scenario.up(renamed)).steps.filter((step) => !step.includes("read")).sort()).toEqual([
      "update hook",
      "update rules",
    ]);
    expect(gitlab.writes().filter((request) => !request.startsWith("PUT "))).toEqual([]);
    // The new path is in the state now, so that nobody looks it up again.
    gitlab.requests();
    expect((await scenario.up()).steps.filter((step) => !step.includes("read"))).toEqual([]);
    expect(gitlab.requests().filter((request) => JSON.stringify(request).includes("acme%2Fstore"))).toEqual([]);
    await scenario.refresh();
    await gitlab.api("PUT", "/projects/42", { path: "shop" });
  });

  it("lets go in a refresh of what is gone, and makes it again where the program manages it", async () => {
    await gitlab.api("DELETE", `/${scenario.stored("hook").id ?? ""}`);
    const { steps } = await scenario.refresh();
    expect(steps).toContain("delete hook");
    expect((await scenario.up()).steps).toContain("create hook");
  });

  it("fails where a get finds nothing, and says where", async () => {
    await gitlab.api("DELETE", "/projects/42/hooks/1");
    const { output } = await scenario.failing("up", 'gitlab.ProjectHook.get("missing", "acme/shop:1");');
    expect(output).toContain("ProjectHook.get: acme/shop:1 does not exist, or the token cannot see it.");
    expect(output).not.toMatch(/\n\s+at .*pulumi-gitlab-dynamic|lifecycle/);
  });

  it("deletes in the end only what the program made", async () => {
    gitlab.requests();
    await scenario.destroy();
    expect(gitlab.writes().sort()).toEqual([expect.stringMatching(/^DELETE .*hooks/), "DELETE /projects/42/push_rule"]);
    expect(gitlab.sandbox.control.objects()).toMatchObject({ hooks: 0, integrations: 1 });
  });
});
