import { readdirSync } from "node:fs";
import { Folders, node, textOf } from "./support/command";
import { imported, takenOver, type Imported } from "./support/imported";
import { populate, world, type World } from "./support/world";

const folders = new Folders();
let gitlab: World;
/** Everything below `acme`. */
let all: Imported;

const isLong = process.env.LONG_TESTS === "1";
/** What the engine takes over in the long form: one of its groups, or with `WHOLE_IMPORT=1` everything, in several minutes. */
let taken: Imported;

beforeAll(async () => {
  gitlab = await world();
  await populate(gitlab);
  all = await imported(gitlab, folders, ["--group", "acme", "--recursive", "--format", "pulumi"]);
  taken =
    process.env.WHOLE_IMPORT === "1" || !isLong
      ? all
      : await imported(gitlab, folders, ["--group", "acme/tools"], "--noCheck");
});

afterAll(async () => {
  folders.remove();
  await gitlab.sandbox.stop();
});

test("what is found is counted", () => {
  expect(all.summary).toMatchObject({
    groups: 3,
    projects: 30,
    resources: { hooks: 200, integrations: 79, "push-rules": 13, notifications: 0 },
    inherited: 10,
    inactive: 10,
    refused: 0,
    skipped: [],
  });
  const { seconds, lines } = all.summary;
  process.stdout.write(`import: ${all.requests} requests, ${String(seconds)} s, ${String(lines)} lines\n`);
});

test("the program is formatted as Prettier formats", async () => {
  const { status, stdout } = await node(all.folder, [
    "node_modules/prettier/bin/prettier.cjs",
    "--no-config",
    "--check",
    "*.ts",
  ]);
  expect(stdout).toContain("All matched files use Prettier code style!");
  expect(status).toBe(0);
});

const secrets = /canary0|sample-|PRIVATE KEY/;

test("no secret stands in any file", () => {
  const names = readdirSync(all.folder).filter((name) => name !== "node_modules");
  expect(names).toContain("import.json");
  for (const name of names) expect(textOf(all.folder, name)).not.toMatch(secrets);
});

// What estate.test.ts shows in the short form too, with other objects.
(isLong ? test : test.skip)(
  "the first up takes everything over and changes nothing, and then there is nothing to do",
  async () => {
    const { steps } = await takenOver(gitlab, taken);
    const written = Object.values(taken.summary.resources as Readonly<Record<string, number>>);
    const total = written.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(60);
    expect(steps.map(({ op }) => op)).toEqual(Array.from({ length: total }, () => "create"));
  },
  600_000,
);
