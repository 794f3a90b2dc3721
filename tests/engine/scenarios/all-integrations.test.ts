import type { Definition } from "../../../provider/core/definition";
import * as gitlabPackage from "../../../provider/index";
import { leastArgs } from "../../contract/support/samples";
import { GitLab, Scenario } from "./support/scenario";

const definitions: readonly Definition[] = Object.values(gitlabPackage.integrations)
  .map((exported) => (exported as { definition?: Definition }).definition)
  .filter((definition) => definition !== undefined)
  .filter(({ scopes }) => scopes.includes("project"));

const classOf = ({ name }: Definition): string => name.replace("integrations.", "");
const slugOf = ({ path }: Definition): string => path.replace("integrations/", "");

/** What the API cannot make: installed from GitLab's pages, and taken over by the program. */
const installed = definitions.filter(({ installation }) => installation !== undefined);
const undeletable = definitions.filter(({ undeletable }) => undeletable !== undefined);

describe("all integrations of projects in one program", () => {
  let gitlab: GitLab;
  let scenario: Scenario;
  const counts: Record<string, number> = {};

  beforeAll(async () => {
    // The last version that has them all.
    gitlab = await GitLab.start({ version: "18.11.0-ee" });
    scenario = Scenario.on(gitlab);
    for (const definition of installed) {
      gitlab.sandbox.control.seedIntegration({ scope: "projects/42", slug: slugOf(definition), values: {} });
    }
    const trackers = definitions.filter(({ exclusive }) => exclusive !== undefined);
    const projects = new Map<Definition, string>();
    for (const tracker of trackers) projects.set(tracker, (await gitlab.project(slugOf(tracker))).path);
    const lines = definitions.map((definition) => {
      const args = { project: projects.get(definition) ?? "acme/shop", ...leastArgs(definition, "project") };
      const options = installed.includes(definition) ? `, { import: "projects/42/${definition.path}" }` : "";
      return `new gitlab.${definition.name}("${classOf(definition)}", ${JSON.stringify(args)}${options});`;
    });
    scenario.workspace.write(lines.join("\n"));
    gitlab.requests();
  });

  afterAll(async () => {
    await gitlab.stop();
    const figures = Object.entries(counts).map(([phase, count]) => `${phase} ${count}`);
    process.stdout.write(`Requests for ${definitions.length} integrations: ${figures.join(", ")}\n`);
  });

  /** The requests since the last call, counted for a phase. */
  function requests(phase: string): string[] {
    const seen = gitlab.requests();
    counts[phase] = seen.length;
    return seen;
  }

  it("knows them all", () => {
    expect(definitions.length).toBeGreaterThanOrEqual(50);
    expect(installed).toHaveLength(2);
  });

  it("makes them, with a GET for each in its check and one before its PUT, and a look at each project", async () => {
    const { steps } = await scenario.up();
    expect([...steps].sort()).toEqual(definitions.map((definition) => `create ${classOf(definition)}`).sort());
    const seen = requests("up");
    expect(gitlab.sandbox.control.objects().integrations).toBe(definitions.length);
    expect(seen.filter((request) => request.startsWith("PUT"))).toHaveLength(definitions.length);
    const lookups = seen.filter((request) => /^GET \/projects\/[^/]+$/.test(request));
    expect(new Set(lookups).size).toBe(lookups.length);
    expect(seen.filter((request) => request.includes("/integrations/") && request.startsWith("GET"))).toHaveLength(
      2 * definitions.length,
    );
  });

  it("has nothing to do in a second up, and asks nothing", async () => {
    expect((await scenario.up()).steps).toEqual([]);
    expect(requests("second up")).toEqual([]);
  });

  it("has nothing to do in a refresh, with one GET for each", async () => {
    expect((await scenario.refresh()).steps).toEqual([]);
    const seen = requests("refresh");
    expect(seen.filter((request) => !request.startsWith("GET"))).toEqual([]);
    expect(seen).toHaveLength(definitions.length);
  });

  it("takes them all away but what the API cannot delete, which it says", async () => {
    const { output } = await scenario.destroy();
    expect(requests("destroy")).toHaveLength(definitions.length - undeletable.length);
    expect(gitlab.sandbox.control.objects().integrations).toBe(undeletable.length);
    for (const definition of undeletable) expect(output).toContain(`projects/42/${definition.path}: `);
    expect(scenario.names()).toEqual([]);
  });
});
