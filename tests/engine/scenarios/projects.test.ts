import { GitLab, Scenario } from "./support/scenario";

const program = (path: string, description: string) => `
const shop = new gitlab.Project("shop", {
  namespace: "acme", path: ${JSON.stringify(path)}, description: ${JSON.stringify(description)},
  importUrl: "https://bot:canary-import@git.example.com/shop.git", mergeMethod: "ff", topics: ["b", "a"],
});
new gitlab.ProjectHook("hook", { project: shop.id, url: "https://ci.example.com/hook" });
new gitlab.ProjectHook("by-number", { project: shop.projectId, url: "https://ci.example.com/number" });
new gitlab.ProjectHook("by-path", { project: shop.projectPath, url: "https://ci.example.com/path" });
new gitlab.ProjectPushRule("rules", { project: shop.id, denyDeleteTag: true });
`;

describe("a project and what is in it", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
  });

  afterAll(() => gitlab.stop());

  it("are made in one run", async () => {
    const { steps } = await scenario.up(program("store", "one"));
    expect(steps).toHaveLength(5);
    gitlab.requests();
  });

  it("have nothing to do in a second up and in a refresh", async () => {
    expect((await scenario.up()).steps).toEqual([]);
    expect(gitlab.requests()).toEqual([]);
    expect((await scenario.refresh()).steps).toEqual([]);
    expect((await scenario.up()).steps).toEqual([]);
  });

  it("are renamed without a replacement, in the preview as in the run", async () => {
    const preview = await scenario.preview(program("market", "two"));
    expect(preview.steps.filter((step) => !step.startsWith("update "))).toEqual([]);
    const { steps } = await scenario.up();
    expect(steps.filter((step) => !step.startsWith("update "))).toEqual([]);
    expect((await scenario.up()).steps).toEqual([]);
  });

  it("show no credential in the output, and none in clear in the state", () => {
    const state = JSON.stringify(scenario.resources());
    expect(state).toContain("acme/market");
    expect(state).not.toContain("canary-import");
    expect(scenario.printed).not.toContain("canary-import");
    expect(typeof scenario.stored("shop").outputs?.runnersToken).toBe("object");
  });

  it("are taken away together", async () => {
    await scenario.destroy();
    expect(gitlab.sandbox.control.objects()).toMatchObject({ hooks: 0, pushRules: 0 });
  });
});
