import { secret } from "gitlab-sandbox/drivers";
import { changesOf, openScenario, succeeding, type Scenario } from "../support/scenario";
import { GitLab, Scenario as Program } from "./support/scenario";

const resources = ["ProjectHook deploys", "ProjectPushRule rules", "integrations.Mattermost alerts"];
const webhook = "https://mattermost.example.com/hooks/theirs";

describe("the example of taking over what exists", () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await openScenario({
      program: "examples/import",
      project: "gitlab-import",
      config: { "gitlab-import:hook": "1", "gitlab-import:mattermostWebhook": secret(webhook) },
    });
  });

  afterAll(() => scenario.close());

  async function api(method: string, where: string, body: unknown): Promise<void> {
    const { url, token } = scenario.sandbox;
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const response = await fetch(`${url}/api/v4${where}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${where}: ${response.status}`);
  }

  it("says in the preview that nothing is there", async () => {
    const { ok, output } = await scenario.driver.preview();
    expect(ok).toBe(false);
    // The engine stops at the first of the three.
    expect(output).toMatch(/import: \S*acme\/shop\S* does not exist, or the token cannot see it\./);
  });

  it("says in the preview what would be taken over and what would change", async () => {
    await api("POST", "/projects/42/hooks", { url: "https://deploy.acme.example/gitlab", token: "canary0hook" });
    await api("PUT", "/projects/42/integrations/mattermost", { webhook, channel: "shop", note_events: false });
    await api("POST", "/projects/42/push_rule", { prevent_secrets: true, max_file_size: 50 });
    const { output } = await succeeding(scenario.driver.preview());
    expect(output).toContain("ProjectHook will take over projects/42/hooks/1, changing tagPushEvents.");
    expect(output).toContain(
      "Mattermost will take over projects/42/integrations/mattermost, changing nothing that GitLab shows.",
    );
    expect(output).toContain(
      "ProjectPushRule will take over projects/42/push_rule, changing nothing that GitLab shows.",
    );
  });

  it("takes over, makes nothing, and leaves alone what it does not name", async () => {
    scenario.forget();
    expect(changesOf(await succeeding(scenario.driver.up()))).toEqual(resources.map((name) => `create ${name}`));
    expect(scenario.writes().sort()).toEqual(["PUT /projects/42/hooks/1", "PUT /projects/42/integrations/mattermost"]);
    const { hooks, integrations, pushRules } = scenario.sandbox.control.world.state;
    expect(hooks).toMatchObject([{ id: 1, token: "canary0hook", flags: { push_events: true, tag_push_events: true } }]);
    expect(integrations).toMatchObject([{ active: true, events: { note: false }, values: { webhook } }]);
    expect(pushRules).toHaveLength(1);
    expect(JSON.stringify(pushRules)).toContain('"max_file_size":50');
  });

  it("does nothing while the options stay", async () => {
    scenario.forget();
    expect(changesOf(await succeeding(scenario.driver.up()))).toEqual([]);
    expect(changesOf(await succeeding(scenario.driver.refresh()))).toEqual([]);
    expect(scenario.writes()).toEqual([]);
  });
});

describe("an import option, later", () => {
  let gitlab: GitLab;
  let program: Program;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    program = Program.on(gitlab);
    await gitlab.api("POST", "/projects/42/hooks", { url: "https://ci.example.com", token: "canary0hook" });
  });

  afterAll(() => gitlab.stop());

  const args = '{ project: "acme/shop", url: "https://ci.example.com" }';
  const taking = `new gitlab.ProjectHook("hook", ${args}, { import: "acme/shop:1" });`;

  it("says in a preview without GitLab that it was not checked", async () => {
    program.configure({ "gitlab:baseUrl": "http://127.0.0.1:9" });
    expect((await program.preview(taking)).output).toContain("not checked");
    program.configure({ "gitlab:baseUrl": gitlab.sandbox.url });
  });

  it("may be removed, and nothing happens", async () => {
    await program.up(taking);
    gitlab.requests();
    expect((await program.up(`new gitlab.ProjectHook("hook", ${args});`)).steps).toEqual([]);
    expect(gitlab.writes()).toEqual([]);
  });

  it("may be added again under another name, and the hook is kept", async () => {
    const { output } = await program.up(taking.replace('"hook"', '"renamed"'));
    expect(output).toContain("kept, managed by another resource");
    expect(program.stored("renamed").id).toBe("projects/42/hooks/1");
    expect(gitlab.sandbox.control.objects().hooks).toBe(1);
  });

  it("names the accepted forms for any other text", async () => {
    const { output } = await program.failing("preview", taking.replace("acme/shop:1", "acme/shop#1"));
    expect(output).toContain("projects/42/hooks/7, projects/acme/shop/hooks/7, acme/shop:7");
  });
});
