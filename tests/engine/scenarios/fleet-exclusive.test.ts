import { GitLab, Scenario } from "./support/scenario";

/** An exclusive fleet, and resources that have other hooks of the same projects and are declared after it. */
const program = (options = 'exclusive: "delete"'): string => `
const entry = (project) => [project, { project, url: "https://ours.example.com/hook", token: "canary0token0of0ours" }];
const fleet = new gitlab.Fleet("fleet", gitlab.ProjectHook, Object.fromEntries(["acme/shop", "acme/web"].map(entry)), { ${options} });
new gitlab.ProjectHook("single", { project: "acme/shop", url: "https://single.example.com" });
new gitlab.Fleet("plain", gitlab.ProjectHook, { a: { project: "acme/web", url: "https://plain.example.com" } });
`;

const waits =
  'new gitlab.ProjectHook("after", { project: "acme/shop", url: "https://after.example.com" }, { dependsOn: fleet });';

describe("a fleet whose entries are all there is", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
  });

  afterAll(() => gitlab.stop());

  const stranger = async (project: string, name: string): Promise<string> => {
    const path = `/projects/${encodeURIComponent(`acme/${project}`)}/hooks`;
    const { id, project_id: at } = await gitlab.api("POST", path, { url: `https://${name}.example.com/canary0path` });
    return `projects/${String(at)}/hooks/${String(id)}`;
  };

  const hosts = (): string[] =>
    gitlab.sandbox.control.world.state.hooks.map(({ url }) => new URL(url).host.replace(".example.com", "")).sort();

  it("is made beside others, which the preview names; up deletes them, and the next up is empty", async () => {
    const ids = [await stranger("shop", "one"), await stranger("web", "two")];
    const { output } = await scenario.preview(program());
    expect(output).toContain("2 hooks on GitLab are no entries of this fleet: `pulumi up` deletes them.");
    for (const id of ids) expect(output).toContain(`- ${id} (`);
    expect(hosts()).toEqual(["one", "two"]);
    const { output: said } = await scenario.up();
    expect(said).toContain("2 hooks on GitLab are no entries of this fleet: deleted.");
    expect(hosts()).toEqual(["ours", "ours", "plain", "single"]);
    expect((await scenario.preview()).steps).toEqual([]);
    expect((await scenario.up()).steps).toEqual([]);
  });

  it("lets be what other resources of the program have, also where a run is limited to the fleet", async () => {
    const { urn } = scenario.stored("fleet");
    const other = await stranger("shop", "three");
    const { output } = await scenario.preview(undefined, { target: [urn] });
    expect(output).toContain(`1 hook on GitLab is no entry of this fleet: \`pulumi up\` deletes it.\n`);
    expect(output).toContain(`- ${other} (three.example.com)`);
    await scenario.up(undefined, { target: [urn] });
    expect(hosts()).toEqual(["ours", "ours", "plain", "single"]);
  });

  it("lets be what was made since the preview, and deletes it once a preview has named it", async () => {
    await scenario.preview();
    const late = await stranger("web", "late");
    const { output, steps } = await scenario.up();
    expect(output).toContain("not deleted, since no preview on this machine has named it.");
    expect([output.includes(`- ${late} (late.example.com)`), steps]).toEqual([true, []]);
    expect((await scenario.preview()).steps).toEqual(["update fleet"]);
    expect((await scenario.up()).steps).toEqual(["update fleet"]);
    expect(hosts()).not.toContain("late");
  });

  it("deletes nothing while a resource waits for it of which it is not known what it has", async () => {
    await scenario.up(program() + waits);
    const { output, steps } = await scenario.preview();
    expect([output.includes("A resource of this program waits for the fleet"), steps]).toEqual([true, []]);
    await scenario.up();
    expect(hosts()).toEqual(["after", "ours", "ours", "plain", "single"]);
    await scenario.up(program());
    expect(hosts()).toEqual(["ours", "ours", "plain", "single"]);
  });

  it("fails in the preview where there are more of them than its limit", async () => {
    await stranger("web", "four");
    await stranger("web", "five");
    const limited = program('exclusive: "delete", exclusiveLimit: 1');
    expect((await scenario.failing("preview", limited)).output).toContain("set exclusiveLimit: 2");
    await scenario.up();
    expect(hosts()).toEqual(expect.arrayContaining(["five", "four"]));
  });

  it("only tells of them where it is to report", async () => {
    await scenario.up(program('exclusive: "report"'));
    const { output, steps } = await scenario.up();
    expect([output.includes("2 hooks on GitLab are no entries of this fleet."), steps]).toEqual([true, []]);
    expect((await scenario.refresh()).steps).toEqual([]);
    expect(hosts()).toEqual(expect.arrayContaining(["five", "four"]));
  });

  it("is cut short in the middle of its deletions, and the next up goes on", async () => {
    await scenario.preview(program());
    const [method, path] = ["DELETE", "/hooks/\\d+$"];
    gitlab.sandbox.control.addFault({ method, path, status: 429, headers: { "retry-after": "120" }, when: "after" });
    await scenario.cut({ kind: "up" }, "kill", () => !hosts().includes("four") || !hosts().includes("five"));
    gitlab.sandbox.control.faults.clear();
    await scenario.up();
    expect(hosts()).toEqual(["ours", "ours", "plain", "single"]);
    expect((await scenario.up()).steps).toEqual([]);
  });

  it("leaves others to themselves in a destroy, and no secret in what is printed or stored", async () => {
    await stranger("shop", "last");
    await scenario.destroy();
    expect(hosts()).toEqual(["last"]);
    expect(scenario.printed).not.toContain("canary");
    for (const text of scenario.workspace.leftovers().values()) expect(text).not.toContain("canary");
  });
});
