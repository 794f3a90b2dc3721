import { GitLab, Scenario } from "./support/scenario";

const program = `
const settings = new pulumi.Config("other");
const other = new gitlab.Provider("other", {
  baseUrl: settings.require("baseUrl"), token: settings.requireSecret("token"), headers: { "X-Team": "canary-header" },
});
class Box extends pulumi.ComponentResource {
  constructor(name, options) {
    super("test:index:Box", name, {}, options);
    new gitlab.ProjectHook(name + "-hook", { project: "acme/shop", url: "https://ci.example.com/box" }, { parent: this });
    new gitlab.integrations.Slack(name + "-slack", slack, { parent: this });
  }
}
const slack = { project: "acme/shop", webhook: "https://hooks.slack.com/services/1" };
new gitlab.ProjectHook("here", { project: "acme/shop", url: "https://ci.example.com" });
new gitlab.integrations.Slack("slack-here", slack);
new gitlab.ProjectPushRule("rules-here", { project: "acme/shop", preventSecrets: true });
new gitlab.ProjectPushRule("rules-there", { project: "acme/shop", preventSecrets: true }, { provider: other });
new Box("box", { provider: other });
`;

const everything = ["box-hook", "box-slack", "here", "rules-here", "rules-there", "slack-here"];

describe("two GitLabs in one program", () => {
  let here: GitLab;
  let there: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    [here, there] = await Promise.all([GitLab.start(), GitLab.start({ token: "glpat-canary-of-the-other" })]);
    const { url, token } = there.sandbox;
    scenario = Scenario.on(here, { "other:baseUrl": url, "other:token": { secret: token } });
  });

  afterAll(async () => {
    await here.stop();
    await there.stop();
  });

  it("have the same paths without a clash, directly and below a component", async () => {
    const { steps } = await scenario.up(program);
    expect([...steps].sort()).toEqual(
      ["create box", ...everything.map((name) => `create ${name}`), "create other"].sort(),
    );
    for (const gitlab of [here, there]) {
      expect(gitlab.sandbox.control.objects()).toMatchObject({ hooks: 1, integrations: 1, pushRules: 1 });
    }
    expect((await scenario.up()).steps).toEqual([]);
  });

  it("take a new token in an up; a refresh before it still has the old one, and says so", async () => {
    there.sandbox.control.setToken({ token: "glpat-canary-rotated", role: "admin" });
    there.sandbox.control.setToken({ token: there.sandbox.token, role: "admin", state: "revoked" });
    scenario.configure({ "other:token": { secret: "glpat-canary-rotated" } });
    const { output } = await scenario.failing("refresh");
    expect(output).toMatch(/GET \/projects\/42\/push_rule: 401 /);
    expect(output).toMatch(/pulumi up/);
    here.requests();
    there.requests();
    expect((await scenario.up()).steps).toEqual(["update other"]);
    expect([...here.writes(), ...there.writes()]).toEqual([]);
    expect((await scenario.refresh()).steps).toEqual([]);
  });

  it("are both emptied by a destroy, and neither token was ever shown", async () => {
    await scenario.destroy();
    for (const gitlab of [here, there]) {
      expect(gitlab.sandbox.control.objects()).toMatchObject({ hooks: 0, integrations: 0, pushRules: 0 });
    }
    expect(scenario.printed).not.toContain("canary");
    for (const [file, text] of scenario.workspace.leftovers())
      expect([file, text.includes("canary")]).toEqual([file, false]);
  });
});
