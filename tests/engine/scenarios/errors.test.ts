import { GitLab, Scenario } from "./support/scenario";

const slack =
  'new gitlab.integrations.Slack("slack", { project: "acme/shop", webhook: "https://hooks.slack.com/services/1" });';

describe("errors as a user reads them", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start({ tokens: [{ token: "glpat-canary-developer", role: "developer" }] });
    scenario = Scenario.on(gitlab);
  });

  afterAll(() => gitlab.stop());

  afterEach(() => {
    expect(scenario.printed).not.toContain("canary");
    expect(scenario.printed).not.toMatch(/\n\s+at .*[(/]/);
    expect(scenario.printed).not.toMatch(/GitLabError|ProviderError|AxiosError|lifecycle/);
  });

  it("say the request and GitLab's own words", async () => {
    const fault = { method: "PUT", status: 400, body: { error: "webhook is missing" } };
    gitlab.sandbox.control.addFault({ ...fault, path: "/projects/42/integrations/slack" });
    const { output } = await scenario.failing("up", slack);
    expect(output).toMatch(/error: PUT \/projects\/42\/integrations\/slack: 400 webhook is missing/);
  });

  it("say how to take over an integration that already exists", async () => {
    const webhook = "https://hooks.slack.com/services/2";
    await gitlab.api("PUT", "/projects/42/integrations/slack", { webhook, username: "canary-name" });
    const program = slack.replace("webhook:", 'username: "ours", webhook:');
    const preview = await scenario.preview(program);
    expect(preview.output).toMatch(
      /warning: projects\/42\/integrations\/slack is already active and differs in username\./,
    );
    const { output } = await scenario.failing("up", program);
    expect(output).toContain("projects/42/integrations/slack is already active and differs in username.");
    expect(output).toContain('{ import: "projects/42/integrations/slack" }');
    await gitlab.api("DELETE", "/projects/42/integrations/slack");
  });

  it("say what a missing project can mean", async () => {
    const { output } = await scenario.failing("up", slack.replace("acme/shop", "acme/nothing"));
    expect(output).toMatch(/error: GET \/projects\/acme\/nothing: 404 .*token/);
  });

  it("say which role is missing", async () => {
    scenario.configure({ "gitlab:token": { secret: "glpat-canary-developer" } });
    const { output } = await scenario.failing("up", slack);
    expect(output).toMatch(/error: (GET|PUT) \/projects\/42\/integrations\/slack: 403 .*Maintainer/);
  });

  it("say that a token is not taken", async () => {
    scenario.configure({ "gitlab:token": { secret: "glpat-canary-unknown" } });
    const { output } = await scenario.failing("up", slack);
    expect(output).toMatch(/error: GET \/projects\/acme\/shop: 401 .*gitlab:token/);
  });

  it("say that GitLab cannot be reached", async () => {
    scenario.configure({ "gitlab:baseUrl": "http://127.0.0.1:9", "gitlab:retries": "0" });
    const { output } = await scenario.failing("up", slack);
    expect(output).toMatch(/error: GET \/projects\/acme\/shop: .*127\.0\.0\.1:9/);
  });
});
