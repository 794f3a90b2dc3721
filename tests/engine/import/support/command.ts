import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Sandbox } from "gitlab-sandbox";

const repository = path.resolve(__dirname, "../../../..");

/** A command that has ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts `pulumi-gitlab` with a token of the sandbox, its output in pipes. */
export function start(
  sandbox: Sandbox,
  args: readonly string[],
  token = sandbox.token,
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(process.execPath, [path.join(repository, "bin/pulumi-gitlab.js"), ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, GITLAB_TOKEN: token, GITLAB_BASE_URL: sandbox.url, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.on("data", (text) => stdout.push(String(text)));
  child.stderr.on("data", (text) => stderr.push(String(text)));
  const ended = once(child, "close").then(([status]) => ({
    status: status as number | null,
    stdout: stdout.join(""),
    stderr: stderr.join(""),
  }));
  return { child, ended };
}

/** Runs `pulumi-gitlab` to its end. */
export function run(
  sandbox: Sandbox,
  args: readonly string[],
  token?: string,
  env?: Readonly<Record<string, string>>,
): Promise<Ended> {
  return start(sandbox, args, token, env).ended;
}

/** What a command printed beside its output, but for how far it was: a slow machine is told that now and then. */
export function troublesIn({ stderr }: Ended): string {
  return stderr.replace(/^\d+ of \d+ projects and groups, \d+ objects, about \d+ (?:s|min) left\n/gm, "");
}

/** Runs any other script of Node's in a folder. */
export async function node(folder: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const text: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => text.push(String(data)));
  const [status] = (await once(child, "close")) as [number | null];
  return { status, stdout: text.join(""), stderr: "" };
}

/** Temporary folders for programs, with the packages of this repository. */
export class Folders {
  readonly #all: string[] = [];

  /** A new folder, empty but for its packages. */
  make(): string {
    const folder = mkdtempSync(path.join(tmpdir(), "imported-"));
    symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
    this.#all.push(folder);
    return folder;
  }

  remove(): void {
    for (const folder of this.#all) rmSync(folder, { recursive: true, force: true });
  }
}

/** All files of a program as one text. */
export function programIn(folder: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return names.map((name) => textOf(folder, name)).join("\n");
}

/** A file of a folder, as text. */
export function textOf(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), "utf8");
}
