import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { configText, secretKeys, type Config } from "../engine/config";
import type { DeploymentJson } from "../engine/deployment";
import type { Driver, DriverOptions, DriverSettings, Outcome } from "./driver";
import type { Cli } from "./find-cli";
import { stepsOf } from "./steps";

interface Answer {
  readonly code: number | null;
  /** What a user would read: both streams in the order in which they came. */
  readonly text: string;
  readonly stdout: string;
}

const QUIET = ["--non-interactive", "--color", "never"];

/**
 * Opens a stack on a real CLI, with a file backend, a home folder and a passphrase of its own in the state directory:
 * nothing of the user's account or machine is read or changed.
 *
 * Rejects when the stack cannot be made.
 */
export async function openPulumiCli(cli: Cli, settings: DriverSettings): Promise<Driver> {
  const runner = new Runner(cli, settings);
  await runner.demand(["stack", "init", settings.stack]);
  await setAll(runner, settings.config ?? {});
  return {
    title: `pulumi ${cli.version}`,
    preview: (options) =>
      runner.operate("preview", [options?.json === true ? "--json" : "--diff", ...argumentsOf(options)]),
    up: (options) => runner.operate("up", ["--yes", "--skip-preview", ...argumentsOf(options)]),
    refresh: () => runner.operate("refresh", ["--yes", "--skip-preview", "--diff"]),
    destroy: () => runner.operate("destroy", ["--yes", "--skip-preview"]),
    importFile: (file) =>
      runner.operate("import", ["--file", file, "--generate-code=false", "--protect=false", "--yes", "--skip-preview"]),
    setConfig: (key, value) => setAll(runner, { [key]: value }),
    export: async () => JSON.parse((await runner.demand(["stack", "export"])).stdout) as DeploymentJson,
  };
}

function argumentsOf({ replace = [], target = [], refresh = false, policyPacks = [] }: DriverOptions = {}): string[] {
  return [
    ...replace.flatMap((urn) => ["--replace", urn]),
    ...target.flatMap((urn) => ["--target", urn]),
    ...(refresh ? ["--refresh"] : []),
    ...policyPacks.flatMap((folder) => ["--policy-pack", folder]),
  ];
}

async function setAll(runner: Runner, config: Config): Promise<void> {
  const secrets = new Set(secretKeys(config));
  const pairs = Object.entries(config).flatMap(([key, value]) => [
    secrets.has(key) ? "--secret" : "--plaintext",
    `${key}=${configText(value)}`,
  ]);
  if (pairs.length > 0) await runner.demand(["config", "set-all", ...pairs]);
}

/** Runs one command of the CLI after another in the program's folder. */
class Runner {
  readonly #env: NodeJS.ProcessEnv;
  #operations = 0;

  constructor(
    readonly cli: Cli,
    readonly settings: DriverSettings,
  ) {
    const { stateDirectory, env = {} } = settings;
    const backend = join(stateDirectory, "backend");
    const home = join(stateDirectory, "home");
    for (const folder of [backend, home]) mkdirSync(folder, { recursive: true });
    this.#env = {
      ...withoutAccounts(process.env),
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: pathToFileURL(backend).href,
      PULUMI_CONFIG_PASSPHRASE: randomBytes(12).toString("hex"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // The event log is an option for tools, which the CLI hides otherwise.
      PULUMI_DEBUG_COMMANDS: "true",
      // The type check belongs to `npm run check` of a program; here it would cost every run seconds.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      ...env,
    };
  }

  /** Runs an operation and reads from its event log what it did. */
  async operate(name: string, args: readonly string[]): Promise<Outcome> {
    const log = join(this.settings.stateDirectory, `events-${++this.#operations}.jsonl`);
    const { code, text } = await this.run([name, ...args, ...QUIET, "--event-log", log]);
    const steps = stepsOf(readIfThere(log));
    rmSync(log, { force: true });
    return { ok: code === 0, output: text, steps };
  }

  /** Runs a command that must succeed. Rejects with what it wrote when it does not. */
  async demand(args: readonly string[]): Promise<Answer> {
    const answer = await this.run([...args, ...QUIET]);
    if (answer.code !== 0) throw new Error(`pulumi ${args.slice(0, 2).join(" ")} failed: ${answer.text.trim()}`);
    return answer;
  }

  private run(args: readonly string[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.cli.file, args, {
        cwd: this.settings.programDirectory,
        env: this.#env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let [text, stdout] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (part: string) => {
        stdout += part;
        text += part;
      });
      child.stderr.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      child.once("error", reject);
      child.once("close", (code) => {
        resolve({ code, text, stdout });
      });
    });
  }
}

/** Nothing that could lead to the user's own stacks, or to a GitLab other than the configured one. */
function withoutAccounts(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(PULUMI|GITLAB)_/i.test(name)));
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
