import { GitLab, Scenario } from "./support/scenario";

describe("two resources for one thing", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
  });

  afterAll(() => gitlab.stop());

  const clashes: readonly [what: string, program: string, message: RegExp][] = [
    [
      "an integration of one project, named in two ways",
      `new gitlab.integrations.Slack("one", { project: 42, webhook: "https://hooks.slack.com/services/1" });
       new gitlab.integrations.Slack("two", { project: "projects/42", webhook: "https://hooks.slack.com/services/2" });`,
      /Slack "two" and Slack "one" both manage projects\/42\/integrations\/slack: a project has only one/,
    ],
    [
      "one hook, taken over twice",
      `const args = { project: "acme/shop", url: "https://ci.example.com" };
       new gitlab.ProjectHook("one", args, { import: "projects/42/hooks/7" });
       new gitlab.ProjectHook("two", args, { import: "42:7" });`,
      /ProjectHook "two" and ProjectHook "one" both import projects\/42\/hooks\/7/,
    ],
    [
      "two issue trackers of one project",
      `new gitlab.integrations.Jira("one", { project: "acme/shop", url: "https://jira.example.com", username: "a", password: "b" });
       new gitlab.integrations.YouTrack("two", {
         project: "acme/shop", projectUrl: "https://yt.example.com", issuesUrl: "https://yt.example.com/:id",
       });`,
      /YouTrack "two" and Jira "one" are each .*issue tracker of project acme\/shop, which can have only one/,
    ],
  ];

  it.each(clashes)("%s: an error of the program that names both", async (_what, program, message) => {
    const { output } = await scenario.failing("preview", program);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/\n\s+at .*[(/]/);
    expect(gitlab.writes()).toEqual([]);
  });

  it("is not what a preview and an up of one process are, or two runs of it", async () => {
    const program = `
      new gitlab.integrations.Slack("one", { project: "acme/shop", webhook: "https://hooks.slack.com/services/1" });
      new gitlab.ProjectPushRule("rules", { project: "acme/shop", preventSecrets: true });
    `;
    expect(await scenario.inline(["preview", "up", "up", "destroy"], program)).toEqual([true, true, true, true]);
    expect(gitlab.sandbox.control.objects()).toMatchObject({ integrations: 0, pushRules: 0 });
  });
});
