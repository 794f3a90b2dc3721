import { GitLab, Scenario } from "./support/scenario";

const program = (url: string): string => `
const settings = new pulumi.Config("gitlab");
const first = new gitlab.ProjectHook("first", { project: "acme/shop", url: "${url}" });
new gitlab.ProjectHook("computed-url", { project: "acme/shop", url: pulumi.interpolate\`https://ci.example.com/\${first.hookId}\` });
new gitlab.ProjectHook("computed-project", { project: first.projectId, url: "https://ci.example.com/fixed" });
new gitlab.integrations.Slack("computed-path", { project: first.projectPath, webhook: "https://hooks.slack.com/services/1" });
const provider = new gitlab.Provider("computed-provider", {
  baseUrl: settings.require("baseUrl"),
  token: pulumi.all([first.hookId, settings.requireSecret("token")]).apply(([, token]) => token),
});
new gitlab.GroupHook("elsewhere", { group: "acme", url: "https://ci.example.com/group" }, { provider });
`;

const all = ["computed-path", "computed-project", "computed-provider", "computed-url", "elsewhere", "first"];

describe("values that a preview does not know", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
  });

  afterAll(() => gitlab.stop());

  it("are previewed as unknown, with a URL, a project and a provider that another resource gives", async () => {
    const { steps, output } = await scenario.preview(program("https://ci.example.com/one"));
    expect([...steps].sort()).toEqual(all.map((name) => `create ${name}`));
    expect(output).toMatch(/url\s*: \[unknown\]/);
    expect(output).toMatch(/project\s*: \[unknown\]/);
    expect(gitlab.requests().sort()).toEqual(["GET /personal_access_tokens/self", "GET /projects/acme%2Fshop"]);
  });

  it("are known to the up after it", async () => {
    const { steps } = await scenario.up();
    expect([...steps].sort()).toEqual(all.map((name) => `create ${name}`));
    const { outputs } = scenario.stored("computed-url");
    expect(outputs).toMatchObject({
      url: `https://ci.example.com/${String(scenario.stored("first").outputs?.hookId)}`,
    });
    expect(scenario.stored("computed-project").id).toMatch(/^projects\/42\/hooks\/\d+$/);
    gitlab.requests();
  });

  it("replace nothing in the preview of an update, though all outputs of the updated resource are unknown", async () => {
    const { steps } = await scenario.preview(program("https://ci.example.com/two"));
    // The project of a hook may turn out to be another one, but a preview that says so would be wrong nearly always.
    expect(steps.filter((step) => !step.startsWith("update"))).toEqual([]);
    expect(steps).toContain("update first");
    expect(steps).not.toContain("update computed-project");
    expect(gitlab.writes()).toEqual([]);
  });

  it("change nothing in the up, where they turn out to be the same", async () => {
    const { steps } = await scenario.up();
    expect(steps).toEqual(["update first"]);
    expect(gitlab.writes()).toEqual([`PUT /${scenario.stored("first").id ?? ""}`]);
  });

  it("leave nothing behind", async () => {
    await scenario.destroy();
    expect(gitlab.sandbox.control.objects()).toMatchObject({ hooks: 0, integrations: 0 });
  });
});
