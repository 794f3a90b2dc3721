import { GitLab, Scenario } from "../support/scenario";
import { ownersOf } from "./support/owners";

const KEPT = /kept, managed by/;

const provider = `
const settings = new pulumi.Config("gitlab");
const provider = new gitlab.Provider("other", { baseUrl: settings.require("baseUrl"), token: settings.requireSecret("token") });
`;
const hook = '{ project: "acme/shop", url: "https://one.example.com" }';
const slack = '{ project: "acme/shop", webhook: "https://hooks.slack.com/services/1" }';

describe("objects that get a resource of another provider for the same GitLab", () => {
  let gitlab: GitLab;

  beforeEach(async () => {
    gitlab = await GitLab.start();
  });

  afterEach(() => gitlab.stop());

  it("are kept when the resources are others", async () => {
    const scenario = Scenario.on(gitlab);
    await scenario.up(`
      new gitlab.ProjectHook("hook", ${hook});
      new gitlab.integrations.Slack("slack", ${slack});
    `);
    const id = scenario.stored("hook").id ?? "";
    gitlab.requests();
    const { output } = await scenario.up(`${provider}
      new gitlab.Fleet("fleet", gitlab.ProjectHook, { one: ${hook} }, { provider });
      new gitlab.integrations.Slack("slack-new", ${slack}, { provider });
    `);
    expect(output).toMatch(KEPT);
    expect(gitlab.writes().filter((request) => request.startsWith("DELETE"))).toEqual([]);
    expect(gitlab.sandbox.control.objects()).toMatchObject({ hooks: 1, integrations: 1 });
    expect(ownersOf(scenario.resources(), id)).toEqual(["fleet"]);
    expect((await scenario.refresh()).steps).toEqual([]);
  });

  it("are kept when the resources are replaced", async () => {
    await gitlab.api("POST", "/projects/42/hooks", { url: "https://one.example.com" });
    const scenario = Scenario.on(gitlab);
    const entries = '{ two: { project: "acme/web", url: "https://two.example.com" } }';
    const program = (options: string): string => `
      new gitlab.ProjectHook("hook", ${hook}, { import: "projects/42/hooks/1" ${options} });
      new gitlab.Fleet("fleet", gitlab.ProjectHook, ${entries}, { ${options.replace(",", "")} });
    `;
    await scenario.up(program(""));
    gitlab.requests();
    await scenario.up(`${provider}${program(", provider")}`, { replace: ["hook", "fleet"] });
    expect(gitlab.writes().filter((request) => request.startsWith("DELETE"))).toEqual([]);
    expect(gitlab.sandbox.control.objects().hooks).toBe(2);
    expect((await scenario.refresh()).steps).toEqual([]);
  });
});
