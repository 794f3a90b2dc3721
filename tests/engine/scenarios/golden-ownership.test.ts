import { ownedIn } from "./moves/support/owners";
import { goldenFiles, openGolden, writeGolden, writing } from "./support/golden";
import { GitLab, Scenario } from "./support/scenario";

/**
 * States with what a resource remembers of its ownership, which every later version must know how to read: what was taken
 * over, who manages an object, the entries of a fleet. They are never edited.
 *
 * `WRITE_GOLDEN=0.2.0 npx jest golden-ownership` adds the one of a new version.
 */
const files = goldenFiles("ownership");

const webhook = "https://hooks.slack.com/services/canary";
const mirrored = "https://git.example.com/web.git";

/** Every kind that can be owned, under names that end in `suffix`. */
const program = (suffix: string): string => `
new gitlab.ProjectHook("hook${suffix}", { project: "acme/shop", url: "https://one.example.com" }, { import: "acme/shop:1" });
new gitlab.Fleet("hooks${suffix}", gitlab.ProjectHook, { web: { project: "acme/web", url: "https://two.example.com", token: "canary-token" } });
new gitlab.integrations.Slack("slack${suffix}", { project: "acme/shop", webhook: "${webhook}" });
new gitlab.ProjectPushRule("rules${suffix}", { project: "acme/shop", maxFileSize: 5 });
new gitlab.ProjectNotificationSettings("mail${suffix}", { project: "acme/shop", level: "watch" });
new gitlab.ProjectShare("share${suffix}", { project: "acme/shop", groupId: 11, groupAccess: "developer" });
new gitlab.ProjectPullMirror("mirror${suffix}", { project: "acme/web", url: "${mirrored}" });
new gitlab.Project("store${suffix}", { namespace: "acme", path: "store" }${suffix === "" ? "" : ', { import: "acme/store" }'});
`;

const names = (suffix: string): string[] =>
  ["hook", "hooks", "slack", "rules", "mail", "share", "mirror", "store"].map((name) => `${name}${suffix}`).sort();

/** Puts on a GitLab what the golden state says is there; before it is written, only what it takes over. */
async function seed(gitlab: GitLab): Promise<void> {
  await gitlab.api("POST", "/projects/42/hooks", { url: "https://one.example.com" });
  if (writing !== undefined) return;
  await gitlab.api("POST", "/projects/43/hooks", { url: "https://two.example.com", token: "canary-token" });
  await gitlab.api("PUT", "/projects/42/integrations/slack", { webhook, use_inherited_settings: false });
  await gitlab.api("POST", "/projects/42/push_rule", { max_file_size: 5 });
  await gitlab.api("PUT", "/projects/42/notification_settings", { level: "watch" });
  await gitlab.api("POST", "/projects/42/share", { group_id: 11, group_access: 30 });
  await gitlab.api("PUT", "/projects/43/mirror/pull", { enabled: true, url: mirrored });
  await gitlab.api("POST", "/projects", { namespace_id: 9, path: "store" });
}

if (writing !== undefined)
  it("is written", async () => {
    const gitlab = await GitLab.start();
    const scenario = Scenario.on(gitlab);
    await seed(gitlab);
    await scenario.up(program(""));
    writeGolden("ownership", scenario);
    await gitlab.stop();
  });
else
  it("is there for at least one version", () => {
    expect(files).not.toEqual([]);
  });

for (const name of files)
  describe(name, () => {
    let gitlab: GitLab;
    let scenario: Scenario;
    let owned: readonly string[];

    beforeAll(async () => {
      ({ gitlab, scenario } = await openGolden(name, seed));
      owned = ownedIn(scenario.resources());
    });

    afterAll(() => gitlab.stop());

    it("is refreshed without a difference, and has nothing to do in an up of the same program", async () => {
      expect((await scenario.refresh()).steps).toEqual([]);
      gitlab.requests();
      expect((await scenario.up(program(""))).steps).toEqual([]);
      expect(gitlab.writes()).toEqual([]);
    });

    it("refuses a second resource for what one of it owns", async () => {
      const second = `new gitlab.integrations.Slack("second", { project: pulumi.output(42), webhook: "${webhook}" });`;
      const { output } = await scenario.failing("preview", program("") + second);
      expect(output).toMatch(/projects\/42\/integrations\/slack is already managed by (Slack )?"slack"/);
    });

    it("keeps every object under another name", async () => {
      gitlab.requests();
      const { output } = await scenario.up(program("-new").replace("acme/shop:1", "projects/42/hooks/1"));
      // A real CLI shows each line twice: as it comes, and at the end.
      const kept = new Set(output.match(/\S+: kept, managed by .+/g));
      expect(kept.size).toBe(names("").length);
      expect(gitlab.writes().filter((request) => request.startsWith("DELETE"))).toEqual([]);
      expect(scenario.names()).toEqual(names("-new"));
      expect(ownedIn(scenario.resources())).toEqual(owned);
    });

    it("warns when what was taken over is deleted, and is destroyed", async () => {
      const { output } = await scenario.destroy();
      expect(output).toMatch(/projects\/42\/hooks\/1: deleted, although it existed before/);
      expect(scenario.names()).toEqual([]);
      expect(gitlab.sandbox.control.objects()).toMatchObject({ hooks: 0, integrations: 0, pushRules: 0 });
    });
  });
