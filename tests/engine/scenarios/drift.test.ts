import { GitLab, Scenario } from "./support/scenario";

const program = `
const project = "acme/shop";
new gitlab.ProjectHook("hook", {
  project,
  url: "https://ci.example.com",
  issuesEvents: true,
  customHeaders: { "X-Team": "shop" },
});
new gitlab.ProjectPushRule("rules", { project, preventSecrets: true, maxFileSize: 5 });
new gitlab.integrations.Slack("slack", { project, webhook: "https://hooks.slack.com/services/1", channel: "#shop" });
new gitlab.integrations.Asana("asana", { project, apiKey: "canary0asana", restrictToBranch: "main" });
`;

// What one of these leaves unmended shows in the refresh of the next.
describe("what somebody changes on GitLab", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
    const values = { api_key: "canary0group", restrict_to_branch: "all" };
    gitlab.sandbox.control.seedIntegration({ scope: "groups/acme", slug: "asana", values });
    await scenario.up(program);
  });

  afterAll(() => gitlab.stop());

  beforeEach(() => {
    gitlab.requests();
  });

  const pathOf = (name: string): string => `/${scenario.stored(name).id ?? ""}`;

  it("a changed field shows by its name, and up puts it back", async () => {
    await gitlab.api("PUT", pathOf("hook"), { issues_events: false, push_events: false, name: "not ours" });
    const { steps, output } = await scenario.refresh();
    expect(steps).toEqual(["update hook"]);
    expect(output).toContain("~ issuesEvents: true => false");
    // The program does not name these: they show, and stay.
    expect(output).toContain("~ pushEvents: true => false");
    expect(output).toContain('+ name: "not ours"');
    expect((await scenario.up()).steps).toEqual(["update hook"]);
    expect(gitlab.writes()).toEqual([`PUT ${pathOf("hook")}`]);
    expect(await gitlab.api("GET", pathOf("hook"))).toMatchObject({
      issues_events: true,
      push_events: false,
      name: "not ours",
    });
  });

  it("a header added by hand shows by its map, and up removes it", async () => {
    await gitlab.api("PUT", `${pathOf("hook")}/custom_headers/X-Stray`, { value: "canary0stray" });
    const { steps, output } = await scenario.refresh();
    expect(steps).toEqual(["update hook"]);
    expect(output).toContain('+ customHeaders.X-Stray: "(set outside this program)"');
    expect((await scenario.up()).steps).toEqual(["update hook"]);
    expect(gitlab.writes()).toEqual([`PUT ${pathOf("hook")}`, `DELETE ${pathOf("hook")}/custom_headers/X-Stray`]);
  });

  it("a header removed by hand shows by its map, and up sends it again", async () => {
    await gitlab.api("DELETE", `${pathOf("hook")}/custom_headers/X-Team`);
    const { output } = await scenario.refresh();
    expect(output).toContain("- customHeaders.X-Team: [secret]");
    expect((await scenario.up()).steps).toEqual(["update hook"]);
    expect(await gitlab.api("GET", pathOf("hook"))).toMatchObject({ custom_headers: [{ key: "X-Team" }] });
  });

  it("a deleted hook is let go, and up makes another", async () => {
    const before = scenario.stored("hook").id;
    await gitlab.api("DELETE", pathOf("hook"));
    expect((await scenario.refresh()).steps).toEqual(["delete hook"]);
    expect((await scenario.up()).steps).toEqual(["create hook"]);
    expect(scenario.stored("hook").id).not.toBe(before);
    expect(gitlab.writes()).toEqual(["POST /projects/acme%2Fshop/hooks"]);
  });

  it("an integration that is switched off is let go, and up sets it up with all defaults", async () => {
    await gitlab.api("PUT", pathOf("slack"), { webhook: "https://hooks.slack.com/services/2", note_events: false });
    await gitlab.api("DELETE", pathOf("slack"));
    expect((await scenario.refresh()).steps).toEqual(["delete slack"]);
    expect((await scenario.up()).steps).toEqual(["create slack"]);
    expect(gitlab.writes()).toEqual(["PUT /projects/42/integrations/slack"]);
    // GitLab kept the flag of before; the program says nothing of it, so GitLab's own default is due.
    expect(await gitlab.api("GET", pathOf("slack"))).toMatchObject({ active: true, note_events: true });
  });

  it("push rules that are gone are let go, and up makes them", async () => {
    await gitlab.api("DELETE", pathOf("rules"));
    expect((await scenario.refresh()).steps).toEqual(["delete rules"]);
    expect((await scenario.up()).steps).toEqual(["create rules"]);
    expect(gitlab.writes()).toEqual(["POST /projects/42/push_rule"]);
  });

  it("inheritance that is turned on shows, and up turns it off with all that the program says", async () => {
    const on = { api_key: "ignored", use_inherited_settings: true };
    await gitlab.api("PUT", pathOf("asana"), on);
    const { steps, output } = await scenario.refresh();
    expect(steps).toEqual(["update asana"]);
    expect(output).toContain("~ useInheritedSettings: false => true");
    expect(output).toContain('~ restrictToBranch: "main" => "all"');
    expect((await scenario.up()).steps).toEqual(["update asana"]);
    expect(gitlab.writes()).toEqual(["PUT /projects/42/integrations/asana"]);
    const now = await gitlab.api("GET", pathOf("asana"));
    expect(now).toMatchObject({ inherited: false, properties: { restrict_to_branch: "main" } });
  });

  it.each([
    ["temporarily_disabled", "2999-01-01T00:00:00.000Z", "disabled this hook until 2999-01-01T00:00:00.000Z"],
    ["disabled", null, "disabled this hook permanently"],
  ] as const)("a hook that GitLab has stopped (%s) is a warning and no difference", async (status, until, said) => {
    const hook = gitlab.sandbox.control.world.state.hooks.find(({ id }) => pathOf("hook").endsWith(`/${id}`));
    if (!hook) throw new Error("there is no hook");
    Object.assign(hook, { alertStatus: status, disabledUntil: until });
    const { steps, output } = await scenario.refresh();
    expect(steps).toEqual([]);
    expect(output).toContain(`warning: ${pathOf("hook").slice(1)}: GitLab ${said}`);
    expect((await scenario.up()).steps).toEqual([]);
    expect(gitlab.writes()).toEqual([]);
    Object.assign(hook, { alertStatus: "executable", disabledUntil: null });
    expect((await scenario.refresh()).output).not.toContain("disabled this hook");
  });

  it("a secret that is changed by hand cannot be seen", async () => {
    await gitlab.api("PUT", pathOf("slack"), { webhook: "https://hooks.slack.com/services/theirs" });
    expect((await scenario.refresh()).steps).toEqual([]);
    expect((await scenario.up()).steps).toEqual([]);
    expect(gitlab.writes()).toEqual([]);
  });
});
