import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { Stack, type StackSettings } from "gitlab-sandbox/engine";
import { Folders, node, run, textOf } from "./support/command";
import { settingsAsTold } from "./support/secrets";
import { populate, setUp, world, type World } from "./support/world";

const folders = new Folders();
let gitlab: World;
/** Everything below `acme`. */
let all: Written;

/** What the engine takes over: one of its groups, or with `WHOLE_IMPORT=1` everything, in several minutes. */
let taken: Written;

/** What an import wrote, and what it took. */
interface Written {
  readonly folder: string;
  /** A folder with the program in JavaScript: a quarter of the time that one in TypeScript takes for each run. */
  readonly compiled: string;
  readonly requests: number;
  readonly summary: Readonly<Record<string, unknown>>;
}

async function imported(...args: readonly string[]): Promise<Written> {
  const [folder, compiled] = [folders.make(), folders.make()];
  gitlab.sandbox.control.log.clear();
  const { status, stdout, stderr } = await run(gitlab.sandbox, ["import", ...args, "--out", folder, "--json"]);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const requests = gitlab.sandbox.control.requests().length;
  const tsc = await node(folder, ["node_modules/typescript/bin/tsc", "--noEmit", "false", "--outDir", compiled]);
  expect(tsc.stdout).toBe("");
  writeFileSync(path.join(compiled, "package.json"), JSON.stringify({ private: true, main: "index.js" }));
  return { folder, compiled, requests, summary: JSON.parse(stdout) as Written["summary"] };
}

beforeAll(async () => {
  gitlab = await world();
  await populate(gitlab);
  all = await imported("--group", "acme", "--recursive", "--format", "pulumi");
  taken = process.env.WHOLE_IMPORT === "1" ? all : await imported("--group", "acme/tools");
});

afterAll(async () => {
  folders.remove();
  await gitlab.sandbox.stop();
});

function sent(): string[] {
  const { control } = gitlab.sandbox;
  const writes = control.requests().filter(({ method }) => method !== "GET");
  control.log.clear();
  return writes.map(({ method, path: where }) => `${method} ${where}`);
}

function settingsOf({ folder, compiled }: Written): StackSettings {
  return {
    programDirectory: compiled,
    project: "imported",
    stack: "dev",
    stateFile: path.join(folder, "state.json"),
    passphrase: "test",
    config: { "gitlab:baseUrl": gitlab.sandbox.url, ...settingsAsTold(textOf(folder, "set-config.sh")) },
    env: { GITLAB_TOKEN: gitlab.sandbox.token },
  };
}

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
    "index.ts",
  ]);
  expect(stdout).toContain("All matched files use Prettier code style!");
  expect(status).toBe(0);
});

const secrets = /canary0|sample-|PRIVATE KEY/;

test("no secret stands in any file", () => {
  for (const name of ["index.ts", "set-config.sh", "import.json"])
    expect(textOf(all.folder, name)).not.toMatch(secrets);
});

test("the first up takes everything over and changes nothing, and then there is nothing to do", async () => {
  const before = setUp(gitlab);
  const counted = gitlab.sandbox.control.objects();
  const stack = await Stack.open(settingsOf(taken));
  gitlab.sandbox.control.log.clear();

  const first = await stack.up();
  expect(first.diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
  expect(first.ok).toBe(true);
  const made = first.steps.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/gitlab"));
  const written = Object.values(taken.summary.resources as Readonly<Record<string, number>>);
  const total = written.reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThan(60);
  expect(made.map(({ op }) => op)).toEqual(Array.from({ length: total }, () => "create"));
  expect(sent().filter((request) => !request.startsWith("PUT "))).toEqual([]);
  expect(gitlab.sandbox.control.objects()).toEqual(counted);
  expect(setUp(gitlab)).toEqual(before);

  const second = await stack.up();
  expect(second.ok).toBe(true);
  expect(second.steps.filter(({ op }) => op !== "same")).toEqual([]);
  const refreshed = await stack.refresh();
  expect(refreshed.ok).toBe(true);
  expect(refreshed.steps.filter(({ op }) => op !== "refresh")).toEqual([]);
  expect(sent()).toEqual([]);
}, 600_000);
