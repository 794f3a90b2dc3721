import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { changing, type Driver as Engine, type DriverOptions, findCli, openPulumiCli } from "gitlab-sandbox/drivers";
import type { Config, DeploymentJson } from "gitlab-sandbox/engine";

import type { CutShort, Driver, Kind, Outcome, Request, Stored } from "./driver";
import { cutPoint, killTree } from "./kill-tree";
import { urnIn } from "./names";
import { PASSPHRASE, PROJECT, STACK, type Workspace } from "./workspace";

interface Opened {
  readonly engine: Engine;
  readonly env: NodeJS.ProcessEnv;
  config: Config;
}

/** A real CLI, with a backend, a home and a passphrase of its own: it never meets the user's account. */
export class CliDriver implements Driver {
  #opening: Promise<Opened> | undefined;

  constructor(private readonly workspace: Workspace) {}

  async run({ kind, replace = [], target = [], json = false }: Request, config: Config): Promise<Outcome> {
    const { engine } = await this.#configured(config);
    const urns = replace.map((name) => urnIn(this.resources(), name));
    const { ok, output, steps } = await operate(engine, kind, { replace: urns, target, json });
    const done = changing(steps).filter(({ type, failed }) => type !== "pulumi:pulumi:Stack" && !failed);
    return { ok, output, steps: done.map(({ op, name }) => `${op} ${name}`) };
  }

  async runInline(kinds: readonly Kind[], config: Config): Promise<readonly boolean[]> {
    const { env } = await this.#configured(config);
    const { app, program } = this.workspace;
    const script = [join(__dirname, "cli-inline.mjs"), app, STACK, program, ...kinds];
    const { code, output } = await finished(spawn(process.execPath, script, { env }));
    if (code !== 0) throw new Error(output);
    return JSON.parse(output.trim().split("\n").pop() ?? "") as boolean[];
  }

  async cut(request: Request, config: Config, how: CutShort, when: () => boolean): Promise<void> {
    const { env } = await this.#configured(config);
    const { replace = [], target = [] } = request;
    const replaced = replace.flatMap((name) => ["--replace", urnIn(this.resources(), name)]);
    const targeted = target.flatMap((urn) => ["--target", urn]);
    const args = ["up", "--yes", "--skip-preview", "--non-interactive", ...replaced, ...targeted];
    const child = spawn("pulumi", args, { cwd: this.workspace.app, env, stdio: "ignore" });
    await cutPoint(when, () => child.exitCode !== null);
    if (how === "kill") await killTree(child);
    else await interrupted(child);
    this.#removeEmptyAttributes();
    // A run that was killed holds the stack's lock.
    await this.#demand(env, "cancel", "--yes");
  }

  /** Beside each file the CLI's backend writes attributes; killed amid that, it cannot read its own empty ones. */
  #removeEmptyAttributes(): void {
    const folder = dirname(this.#checkpoint);
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".attrs"))) {
      const file = join(folder, name);
      if (statSync(file).size === 0) rmSync(file);
    }
  }

  resources(): readonly Stored[] {
    const file = this.#checkpoint;
    if (!existsSync(file)) return [];
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
      checkpoint: { latest?: { resources?: readonly Stored[] } };
    };
    return checkpoint.latest?.resources ?? [];
  }

  async export(): Promise<DeploymentJson> {
    const { engine } = await (this.#opening ?? Promise.reject(new Error("there is no stack yet")));
    return engine.export();
  }

  async load(deployment: DeploymentJson, config: Config): Promise<void> {
    const { env } = await this.#configured(config);
    const file = join(this.workspace.state, "import.json");
    writeFileSync(file, JSON.stringify(deployment));
    await this.#demand(env, "stack", "import", "--file", file);
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  get #backend(): string {
    return join(this.workspace.state, "backend");
  }

  get #checkpoint(): string {
    return join(this.#backend, ".pulumi/stacks", PROJECT, `${STACK}.json`);
  }

  async #open(config: Config): Promise<Opened> {
    const cli = await findCli();
    if (!cli) throw new Error("no Pulumi CLI answers `pulumi version`");
    const own = { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE };
    const engine = await openPulumiCli(cli, {
      programDirectory: this.workspace.app,
      stateDirectory: this.workspace.state,
      project: PROJECT,
      stack: STACK,
      config,
      env: own,
    });
    const env = {
      ...process.env,
      ...own,
      PATH: [dirname(cli.file), process.env.PATH].join(delimiter),
      PULUMI_HOME: join(this.workspace.state, "home"),
      PULUMI_BACKEND_URL: pathToFileURL(this.#backend).href,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    return { engine, env, config };
  }

  async #configured(config: Config): Promise<Opened> {
    this.#opening ??= this.#open(config);
    const opened = await this.#opening;
    for (const [key, value] of Object.entries(config)) {
      if (JSON.stringify(opened.config[key]) !== JSON.stringify(value)) await opened.engine.setConfig(key, value);
    }
    opened.config = config;
    return opened;
  }

  async #demand(env: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
    const { code, output } = await finished(spawn("pulumi", args, { cwd: this.workspace.app, env }));
    if (code !== 0) throw new Error(`pulumi ${args[0] ?? ""}: ${output}`);
  }
}

function operate(engine: Engine, kind: Kind, options: DriverOptions): ReturnType<Engine["up"]> {
  if (kind === "up" || kind === "preview") return engine[kind](options);
  return engine[kind]();
}

/** Ctrl-C twice, the second time in no hurry. */
async function interrupted(child: ChildProcess): Promise<void> {
  const ended = child.exitCode === null ? once(child, "exit") : Promise.resolve();
  child.kill("SIGINT");
  await sleep(500);
  child.kill("SIGINT");
  await ended;
}

function finished(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  return new Promise((done, fail) => {
    let output = "";
    const collect = (text: unknown): void => void (output += String(text));
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.once("error", fail).once("close", (code) => {
      done({ code, output });
    });
  });
}
