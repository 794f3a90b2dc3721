import { GitLab, Scenario } from "./support/scenario";

describe("what a preview asks GitLab", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
  });

  afterAll(() => gitlab.stop());

  const hook = (name: string, project: string, options = "") =>
    `new gitlab.ProjectHook("${name}", { project: "${project}", url: "https://ci.example.com/${name}" }${options});\n`;

  it("finds every project that is not there at once, though the engine stops at the first", async () => {
    const program = hook("a", "acme/shoppe") + hook("b", "acme/shop") + hook("c", "globex/nowhere");
    const { output } = await scenario.failing("preview", program);
    expect(output).toContain("project acme/shoppe: not found, or the token cannot see it; did you mean acme/shop?");
    expect(output).toContain("project globex/nowhere: not found, or the token cannot see it");
  });

  it("lets a project be missing that the program makes, and makes both", async () => {
    const program = `
      const made = new gitlab.Project("made", { namespace: "acme", path: "made-here" });
      ${hook("in-made", "acme/made-here", ", { dependsOn: made }")}`;
    const { output } = await scenario.preview(program);
    expect(output).not.toContain("not found");
    await scenario.up();
    expect(scenario.names()).toEqual(["in-made", "made"]);
    gitlab.requests();
    await scenario.preview();
    expect(gitlab.requests()).toEqual([]);
  });

  it("is nothing without a token, which is said once", async () => {
    scenario.configure({ "gitlab:token": "" });
    const { output } = await scenario.preview(hook("a", "acme/shop") + hook("b", "acme/shop"));
    expect(output.match(/not checked: gitlab:token is missing/g)).toHaveLength(1);
    expect(gitlab.requests()).toEqual([]);
    const failed = await scenario.failing("up");
    expect(failed.output).toContain("gitlab:token is missing");
  });
});
