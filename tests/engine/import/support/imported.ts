import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { Stack, type StackSettings, type Step } from "gitlab-sandbox/engine";
import { lazySdkEnv } from "../../../support/lazy-sdk";
import { node, run, troublesIn, type Folders } from "./command";
import { settingsAsTold } from "./secrets";
import { setUp, type World } from "./world";

/** What an import wrote, and what it took. */
export interface Imported {
  readonly folder: string;
  /** A folder with the program in JavaScript: a quarter of the time that one in TypeScript takes for each run. */
  readonly compiled: string;
  readonly requests: number;
  readonly summary: Readonly<Record<string, unknown>>;
}

/**
 * Imports what `args` choose, and compiles the program.
 *
 * @param options of the compiler, beyond those that the import wrote
 */
export async function imported(
  { sandbox }: World,
  folders: Folders,
  args: readonly string[],
  ...options: readonly string[]
): Promise<Imported> {
  const [folder, compiled] = [folders.make(), folders.make()];
  sandbox.control.log.clear();
  const ended = await run(sandbox, ["import", ...args, "--out", folder, "--json"]);
  const { status, stdout } = ended;
  expect(troublesIn(ended)).toBe("");
  expect(status).toBe(0);
  const requests = sandbox.control.requests().length;
  const tsc = await node(folder, [
    "node_modules/typescript/bin/tsc",
    "--noEmit",
    "false",
    "--outDir",
    compiled,
    ...options,
  ]);
  expect(tsc.stdout).toBe("");
  writeFileSync(path.join(compiled, "package.json"), JSON.stringify({ private: true, main: "index.js" }));
  return { folder, compiled, requests, summary: JSON.parse(stdout) as Imported["summary"] };
}

/**
 * Runs an imported program as its readers do: the first `up` takes everything over and changes nothing on GitLab, a
 * second one and a refresh find nothing to do.
 *
 */
export async function takenOver(gitlab: World, program: Imported): Promise<TakenOver> {
  const { control } = gitlab.sandbox;
  const before = setUp(gitlab);
  const counted = control.objects();
  const stack = await Stack.open(settingsOf(gitlab, program));
  control.log.clear();

  const first = await stack.up();
  // A fleet warns of what it takes over.
  const isTold = (message: string) => /already exists?, equal in all that GitLab shows/.test(message);
  expect(first.diagnostics.filter(({ severity, message }) => severity !== "info" && !isTold(message))).toEqual([]);
  expect(first.ok).toBe(true);
  const writes = written(gitlab);
  expect(writes.filter((request) => !request.startsWith("PUT "))).toEqual([]);
  expect(control.objects()).toEqual(counted);
  expect(setUp(gitlab)).toEqual(before);

  const second = await stack.up();
  expect(second.ok).toBe(true);
  expect(second.steps.filter(({ op }) => op !== "same")).toEqual([]);
  const refreshed = await stack.refresh();
  expect(refreshed.ok).toBe(true);
  expect(refreshed.steps.filter(({ op }) => op !== "refresh")).toEqual([]);
  expect(written(gitlab)).toEqual([]);
  return { steps: first.steps.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/gitlab")), writes };
}

/** What the first `up` of an imported program did. */
export interface TakenOver {
  /** What it made of resources of this package. */
  readonly steps: readonly Step[];
  /** Its requests that wrote. */
  readonly writes: readonly string[];
}

/** The requests that wrote since the last call. */
function written({ sandbox: { control } }: World): string[] {
  const writes = control.requests().filter(({ method }) => method !== "GET");
  control.log.clear();
  return writes.map(({ method, path: where }) => `${method} ${where}`);
}

function settingsOf(gitlab: World, { folder, compiled }: Imported): StackSettings {
  const { sandbox } = gitlab;
  return {
    programDirectory: compiled,
    project: "imported",
    stack: "dev",
    stateFile: path.join(folder, "state.json"),
    passphrase: "test",
    config: { "gitlab:baseUrl": sandbox.url, ...settingsAsTold(gitlab, folder) },
    env: { GITLAB_TOKEN: sandbox.token, ...lazySdkEnv },
  };
}
