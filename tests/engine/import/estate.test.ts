import { readdirSync } from "node:fs";
import { Folders, node, textOf } from "./support/command";
import { canary, estate, makeEstate } from "./support/estate";
import { imported, takenOver, type Imported } from "./support/imported";
import { trueSecrets } from "./support/secrets";
import { world, type World } from "./support/world";

const folders = new Folders();
let gitlab: World;
let program: Imported;

beforeAll(async () => {
  gitlab = await world();
  await makeEstate(gitlab);
  program = await imported(gitlab, folders, ["--group", "estate", "--recursive"]);
});

afterAll(async () => {
  folders.remove();
  await gitlab.sandbox.stop();
});

function programFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(".ts"));
}

test("all is found and counted, and what is no resource is told", () => {
  const { groups, projects, archived, hooks, integrations, pushRules } = estate;
  expect(program.summary).toMatchObject({
    ...{ groups, projects, archived, pendingDeletion: 1, inherited: 20, inactive: 3, unsupported: 0, refused: 0 },
    resources: { hooks, integrations, "push-rules": pushRules },
    skipped: [],
  });
});

test("the program is as long as a person's: a file for each top group, with tables and loops", () => {
  expect(programFiles(program.folder).sort()).toEqual([
    ...["config.ts", "estate.ts", "index.ts", "labs.ts", "platform.ts", "shops.ts"],
  ]);
  const { lines } = program.summary as { lines: number };
  process.stdout.write(`estate: ${program.requests} requests, ${String(program.summary.seconds)} s, ${lines} lines\n`);
  expect(lines).toBeLessThanOrEqual(500);
  expect(textOf(program.folder, "labs.ts")).toContain('"estate/labs/audit-30": { id: 31 }, // archived');
});

test("names come from what identifies an object, and a number only breaks a tie", () => {
  const { objects } = JSON.parse(textOf(program.folder, "gitlab-import.json")) as { objects: Record<string, string[]> };
  const names = Object.values(objects).map(([, name = ""]) => name);
  expect(names.filter((name) => /-\d+$/.test(name) && !/[a-z]-\d+$/.test(name))).toEqual([]);
  expect(names.filter((name) => name.includes("ci.acme.dev-"))).toEqual(["estate/api-0/ci.acme.dev-2"]);
  expect(names).toContain("estate/api-0/ci.acme.dev");
  expect(names).toContain("estate/platform/audit.acme.dev");
});

test("secrets that may stay with GitLab are not asked for, and no other more often than it is there", async () => {
  const left = trueSecrets(gitlab, program.folder);
  expect(Object.keys(left).length).toBeLessThanOrEqual(estate.requiredSecrets);
  const all = await imported(gitlab, folders, [
    "--group",
    "estate",
    "--recursive",
    "--secrets",
    "config",
    "--no-inactive",
  ]);
  const secrets = trueSecrets(gitlab, all.folder);
  expect(Object.keys(secrets).length).toBeLessThanOrEqual(estate.secrets);
  expect(textOf(all.folder, "shops.ts")).toContain('config.requireSecret("ciToken")');
});

test("no secret stands in any file, and every file is as Prettier writes it", async () => {
  for (const name of readdirSync(program.folder).filter((file) => file !== "node_modules")) {
    expect(textOf(program.folder, name)).not.toContain(canary);
  }
  const prettier = ["node_modules/prettier/bin/prettier.cjs", "--no-config", "--check", "*.ts", "README.md"];
  const { stdout } = await node(program.folder, prettier);
  expect(stdout).toContain("All matched files use Prettier code style!");
});

test("the first up takes everything over and changes nothing, and then there is nothing to do", async () => {
  const { steps, writes } = await takenOver(gitlab, program);
  const { hooks, integrations, pushRules } = estate;
  expect(steps).toHaveLength(hooks + integrations + pushRules);
  // Only objects whose secrets the program gives are written to.
  const isGiven = (request: string) =>
    /integrations\/(asana|datadog|harbor|jira|mattermost|microsoft-teams|slack|telegram)$/.test(request);
  expect(writes.filter((request) => !isGiven(request))).toEqual([]);
}, 120_000);
