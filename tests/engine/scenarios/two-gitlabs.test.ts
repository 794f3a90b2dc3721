import { GitLab, Scenario } from "./support/scenario";

const program = `
new gitlab.ProjectHook("hook", { project: "acme/shop", url: "https://ci.example.com" });
new gitlab.integrations.Slack("slack", { project: "acme/shop", webhook: "https://hooks.slack.com/services/1" });
`;

describe("a stack whose configuration names another GitLab", () => {
  let old: GitLab;
  let other: GitLab;

  beforeAll(async () => {
    [old, other] = await Promise.all([GitLab.start(), GitLab.start()]);
    // The same numbers hold other people's things there.
    await other.api("POST", "/projects/42/hooks", { url: "https://theirs.example.com" });
    await other.api("PUT", "/projects/42/integrations/slack", { webhook: "https://hooks.slack.com/services/2" });
  });

  afterAll(async () => {
    await old.stop();
    await other.stop();
  });

  it("is refused by up and by destroy, with nothing deleted on either, until it names the old one again", async () => {
    const scenario = Scenario.on(old);
    await scenario.up(program);
    scenario.configure({ "gitlab:baseUrl": other.sandbox.url });
    other.requests();
    old.requests();
    for (const kind of ["up", "destroy"] as const) {
      const { output } = await scenario.failing(kind);
      expect(output).toContain(`lives on ${old.sandbox.url}/api/v4, but gitlab:baseUrl is ${other.sandbox.url}/api/v4`);
      expect(output).toContain("gitlab:formerBaseUrls");
      expect(output).toContain("pulumi state delete");
    }
    expect([...old.requests(), ...other.requests()]).toEqual([]);
    scenario.configure({ "gitlab:baseUrl": old.sandbox.url });
    expect((await scenario.up()).steps).toEqual([]);
    await scenario.destroy();
    expect(old.sandbox.control.objects()).toMatchObject({ hooks: 0, integrations: 0 });
  });

  it("is emptied where it lives by a destroy without an up before it", async () => {
    const scenario = Scenario.on(old);
    await scenario.up(program);
    scenario.configure({ "gitlab:baseUrl": other.sandbox.url });
    other.requests();
    await scenario.destroy();
    expect(old.sandbox.control.objects()).toMatchObject({ hooks: 0, integrations: 0 });
    expect(other.requests()).toEqual([]);
    expect(other.sandbox.control.objects()).toMatchObject({ hooks: 1, integrations: 1 });
  });

  it("goes on under a new name of the same GitLab that lists the former one, which one up or refresh makes needless", async () => {
    const scenario = Scenario.on(old);
    await scenario.up(program);
    const renamed = old.sandbox.url.replace("127.0.0.1", "localhost");
    scenario.configure({ "gitlab:baseUrl": renamed, "gitlab:formerBaseUrls": `["${old.sandbox.url}"]` });
    expect((await scenario.up()).steps).toEqual([]);
    await scenario.refresh();
    expect(scenario.stored("hook").outputs?.__gitlab).toBe(`${renamed}/api/v4`);
    scenario.configure({ "gitlab:formerBaseUrls": "" });
    expect((await scenario.up()).steps).toEqual([]);
    await scenario.destroy();
    expect(old.sandbox.control.objects()).toMatchObject({ hooks: 0, integrations: 0 });
  });
});
