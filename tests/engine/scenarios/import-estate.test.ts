import * as path from "node:path";
import { changing, makeWorkspace, type Driver, type Workspace } from "gitlab-sandbox/drivers";
import { run } from "../import/support/command";
import { estate, makeEstate } from "../import/support/estate";
import { settingsAsTold } from "../import/support/secrets";
import { setUp, world, type World } from "../import/support/world";
import { succeeding } from "../support/scenario";
import { connecting, openImporting, skipped } from "./support/importing";

const repository = path.resolve(__dirname, "../../..");

// For a real CLI: tests/engine/import/estate.test.ts shows the same on the stand-in.
const describeOnPulumi = process.env.SCENARIO_ENGINE === "pulumi" ? describe : describe.skip;

describeOnPulumi("an imported program of thirty projects, in files with tables and loops", () => {
  let gitlab: World;
  let workspace: Workspace;
  let driver: Driver | undefined;

  beforeAll(async () => {
    gitlab = await world();
    await makeEstate(gitlab);
    workspace = makeWorkspace({}, path.join(repository, "node_modules"));
    const { programDirectory, stateDirectory } = workspace;
    const args = ["import", "--group", "estate", "--recursive", "--out", programDirectory];
    expect(await run(gitlab.sandbox, args)).toMatchObject({ status: 0 });
    const project = path.basename(programDirectory);
    const own = Object.entries(settingsAsTold(gitlab, programDirectory, project));
    const config = { ...connecting(gitlab.sandbox), ...Object.fromEntries(own) };
    driver = await openImporting({ programDirectory, stateDirectory, project, stack: "dev", config });
  });

  afterAll(async () => {
    workspace.remove();
    await gitlab.sandbox.stop();
  });

  it("takes everything over without a change on GitLab, and then has nothing to do", async () => {
    if (!driver) {
      process.stdout.write(skipped);
      return;
    }
    const { control } = gitlab.sandbox;
    const before = setUp(gitlab);
    control.log.clear();
    const first = await succeeding(driver.up());
    const made = first.steps.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/gitlab"));
    expect(made).toHaveLength(estate.hooks + estate.integrations + estate.pushRules);
    expect(setUp(gitlab)).toEqual(before);
    const writes = control.requests().filter(({ method }) => method !== "GET");
    expect(new Set(writes.map(({ method }) => method))).toEqual(new Set(["PUT"]));
    process.stdout.write(`estate on ${driver.title}: ${writes.length} PUTs\n`);

    expect(changing((await succeeding(driver.up())).steps)).toEqual([]);
    expect(changing((await succeeding(driver.refresh())).steps)).toEqual([]);
  }, 900_000);
});
