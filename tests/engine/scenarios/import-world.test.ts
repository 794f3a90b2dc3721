import * as path from "node:path";
import { changing, makeWorkspace, type Driver, type Workspace } from "gitlab-sandbox/drivers";
import { run } from "../import/support/command";
import { settingsAsTold } from "../import/support/secrets";
import { populate, setUp, world, type World } from "../import/support/world";
import { differencesOf, succeeding } from "../support/scenario";
import { connecting, openImporting, skipped } from "./support/importing";

const repository = path.resolve(__dirname, "../../..");

// For a real CLI: the stand-in does the same with one project in a test of its own, in a tenth of the time.
const describeOnPulumi = process.env.SCENARIO_ENGINE === "pulumi" ? describe : describe.skip;

describeOnPulumi("import.json of three groups and thirty projects", () => {
  let gitlab: World;
  let workspace: Workspace;
  let driver: Driver | undefined;

  beforeAll(async () => {
    gitlab = await world();
    await populate(gitlab);
    workspace = makeWorkspace(
      { "Pulumi.yaml": "name: imported\nruntime: nodejs\n", "package.json": '{ "main": "index.ts" }' },
      path.join(repository, "node_modules"),
    );
    const { programDirectory, stateDirectory } = workspace;
    const args = [
      "import",
      "--group",
      "acme",
      "--recursive",
      "--format",
      "pulumi",
      "--secrets",
      "config",
      "--out",
      programDirectory,
    ];
    expect(await run(gitlab.sandbox, args)).toMatchObject({ status: 0 });
    driver = await openImporting({
      programDirectory,
      stateDirectory,
      project: "imported",
      stack: "dev",
      config: { ...connecting(gitlab.sandbox), ...settingsAsTold(gitlab, programDirectory) },
    });
  });

  afterAll(async () => {
    workspace.remove();
    await gitlab.sandbox.stop();
  });

  it("goes into the state without a request, and then the program changes secrets alone", async () => {
    if (!driver) {
      process.stdout.write(skipped);
      return;
    }
    const before = setUp(gitlab);
    const { control } = gitlab.sandbox;
    control.log.clear();
    const taken = await driver.importFile(path.join(workspace.programDirectory, "import.json"));
    expect(taken.output).not.toMatch(/failed to validate|is required|error:/);
    expect(taken.ok).toBe(true);
    expect(control.requests()).toEqual([]);

    const preview = await succeeding(driver.preview());
    expect(new Set(changing(preview.steps).map(({ op }) => op))).toEqual(new Set(["update"]));
    const differences = changing(preview.steps).flatMap(differencesOf);
    expect(differences.filter((difference) => !difference.endsWith("=> [secret]"))).toEqual([]);
    expect(differences.length).toBeGreaterThan(100);

    await succeeding(driver.up());
    expect(setUp(gitlab)).toEqual(before);
    expect(changing((await succeeding(driver.refresh())).steps)).toEqual([]);
    expect(changing((await succeeding(driver.up())).steps)).toEqual([]);
  }, 900_000);
});
