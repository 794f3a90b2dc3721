import { GitLab, Scenario } from "./support/scenario";

/** Every secret of a program, each with a text that is found again wherever it goes. */
const secretsOf = (version: string): Readonly<Record<string, string>> => ({
  url: `https://canary-url-${version}.example.com/hook`,
  description: `canary-description-${version}`,
  token: `canary-token-${version}`,
  header: `canary-header-${version}`,
  variable: `canary-variable-${version}`,
  groupToken: `canary-group-token-${version}`,
  slack: `https://hooks.slack.com/services/canary-slack-${version}`,
  username: `canary-username-${version}`,
  jira: `canary-jira-${version}`,
  jenkins: `canary-jenkins-${version}`,
  discord: `https://discord.com/api/webhooks/1/canary-discord-${version}`,
  channel: `https://discord.com/api/webhooks/2/canary-channel-${version}`,
});

const program = (version: string, more = ""): string => `
const s = ${JSON.stringify(secretsOf(version))};
const project = "acme/shop";
new gitlab.ProjectHook("hook", {
  project, url: pulumi.secret(s.url), description: pulumi.secret(s.description), token: s.token,
  customHeaders: { "X-Key": s.header }, urlVariables: pulumi.output({ host: s.variable }), pushEvents: true,
});
const group = new gitlab.GroupHook("group-hook", { group: "acme", url: "https://ci.example.com", token: s.groupToken });
new gitlab.integrations.Slack("slack", { project, webhook: s.slack, username: pulumi.secret(s.username) });
new gitlab.integrations.Jira("jira", { project, url: "https://jira.example.com", username: "bot", password: s.jira });
new gitlab.integrations.Jenkins("jenkins", {
  project, jenkinsUrl: "https://jenkins.example.com", projectName: "shop", username: "bot", password: s.jenkins,
});
new gitlab.integrations.Discord("discord", { project, webhook: s.discord, pushChannel: s.channel });
${more}
`;

/** The program's beginning and one of its resources: what fails alone stops no other from failing. */
function part(version: string, className: string): string {
  const [head = "", ...statements] = program(version).split(/^(?=new |const group = )/m);
  return [head, ...statements.filter((statement) => statement.includes(`.${className}(`))].join("");
}

describe("secrets", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
  });

  afterAll(() => gitlab.stop());

  // After every step, since a file may be overwritten by the next one.
  afterEach(() => {
    expect(scenario.printed).not.toMatch(/canary/i);
    for (const [file, text] of scenario.workspace.leftovers())
      expect([file, /canary/i.test(text)]).toEqual([file, false]);
  });

  it("are in no file and on no line of a preview and an up", async () => {
    const { output } = await scenario.preview(program("one", "return { token: group.token, id: group.hookId };"));
    expect(output).toContain("[secret]");
    await scenario.up();
    expect(scenario.workspace.leftovers().size).toBeGreaterThan(0);
    expect(scenario.stored("hook").outputs?.tokenPresent).toBe(true);
  });

  it("are known to GitLab in clear", () => {
    const { url, headers } = gitlab.sandbox.control.delivery(
      Number(/\d+$/.exec(scenario.stored("hook").id ?? "")?.[0]),
    );
    expect(url).toBe(secretsOf("one").url);
    expect(headers).toMatchObject({ "X-Gitlab-Token": "canary-token-one", "X-Key": "canary-header-one" });
  });

  it("are named and not shown when they change", async () => {
    const { output } = await scenario.preview(program("two"));
    for (const path of ["hook.*: token", "hook.*: customHeaders.X-Key", "jira: password", "discord: pushChannel"]) {
      expect(output).toMatch(new RegExp(`${path} changes`));
    }
    await scenario.up();
  });

  it("are not shown when they have drifted", async () => {
    const id = scenario.stored("hook").id ?? "";
    await gitlab.api("PUT", `/${id}`, { url: "https://canary-drifted.example.com", description: "canary-drift" });
    await gitlab.api("PUT", `/${id}/custom_headers/X-Foreign`, { value: "canary-foreign" });
    expect((await scenario.refresh()).steps).toEqual(["update hook"]);
    expect((await scenario.preview()).steps).toContain("update hook");
  });

  it("are not quoted when GitLab refuses them and repeats what it was sent", async () => {
    const s = secretsOf("three");
    const { control } = gitlab.sandbox;
    const hook = [s.url, s.description, s.token, s.header, s.variable].join(" and ");
    control.addFault({
      method: "PUT",
      path: "/hooks/",
      status: 422,
      body: { message: { url: [`${hook} will not do`] } },
    });
    const refused = await scenario.failing("up", part("three", "ProjectHook"));
    expect(refused.output).toMatch(
      /PUT \/projects\/42\/hooks\/\d+: 422 url \[url\] and \[description\] and \[token\] and /,
    );
    const error = `${s.discord ?? ""} and ${s.channel ?? ""} are no webhooks`;
    control.addFault({ method: "PUT", path: "/integrations/discord", status: 400, body: { error } });
    const { output } = await scenario.failing("up", part("three", "Discord"));
    expect(output).toContain("/integrations/discord: 400 [webhook] and [pushChannel] are no webhooks");
  });

  it("are not quoted when a check fails", async () => {
    const bad = `new gitlab.integrations.Slack("bad", {
      project: "acme/web", webhook: "canary-no-url", pushEvents: pulumi.secret("canary-flag"), username: pulumi.secret(["canary"]),
    });`;
    const { output } = await scenario.failing("up", program("four", bad));
    expect(output).toContain("webhook: must be a URL");
    expect(output).toContain("pushEvents: must be true or false, but is a string");
  });

  it("are gone with what they belong to", async () => {
    await scenario.up(program("five"));
    await scenario.destroy();
    expect(gitlab.sandbox.control.objects()).toMatchObject({ hooks: 0, integrations: 0 });
  });
});
