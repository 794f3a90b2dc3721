import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { DeploymentJson } from "gitlab-sandbox/engine";

import type { Config, Driver, Kind, Outcome, Request, Said, Stored } from "./driver";
import { killWhen } from "./kill-tree";
import { isProvider } from "./stand-in";
import { PASSPHRASE, PROJECT, STACK, type Workspace } from "./workspace";

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
}

/** A line of the CLI's event log, as far as the scenarios read it. */
interface Event {
  readonly resourcePreEvent?: { readonly metadata: Metadata };
  readonly resOutputsEvent?: { readonly metadata: Metadata };
  readonly diagnosticEvent?: {
    readonly severity: string;
    readonly message: string;
    readonly urn?: string;
    readonly ephemeral?: boolean;
  };
}

const FLAGS: Readonly<Record<Kind, readonly string[]>> = {
  preview: ["--diff"],
  up: ["--yes", "--skip-preview"],
  refresh: ["--yes", "--skip-preview", "--diff"],
  destroy: ["--yes", "--skip-preview"],
};

/** A real CLI, with a backend, a home and a passphrase of its own: it never meets the user's account. */
export class CliDriver implements Driver {
  readonly #backend: string;
  readonly #env: NodeJS.ProcessEnv;
  #configured: string | undefined;

  constructor(private readonly workspace: Workspace) {
    this.#backend = join(workspace.root, "backend");
    mkdirSync(this.#backend);
    this.#env = {
      ...process.env,
      PULUMI_HOME: join(workspace.root, "home"),
      PULUMI_BACKEND_URL: `file://${this.#backend}`,
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // Shows the option --event-log.
      PULUMI_DEBUG_COMMANDS: "true",
    };
  }

  async run({ kind, replace = [] }: Request, config: Config): Promise<Outcome> {
    await this.#configure(config);
    const log = join(this.workspace.root, "events.json");
    rmSync(log, { force: true });
    const urns = replace.map((name) => `--replace=${this.#urn(name)}`);
    const flags = ["--non-interactive", "--color=never", "--event-log", log, ...FLAGS[kind], ...urns];
    const { code, output } = await this.#pulumi(kind, ...flags);
    return { ok: code === 0, output, ...readEvents(log) };
  }

  async runInline(requests: readonly Request[], config: Config): Promise<readonly Outcome[]> {
    await this.#configure(config);
    const kinds = requests.map(({ kind }) => kind);
    const script = [join(__dirname, "cli-inline.mjs"), this.workspace.app, STACK, this.workspace.program, ...kinds];
    const { output } = await finished(spawn(process.execPath, script, { env: this.#env }));
    return output
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => ({ steps: [], said: [], ...(JSON.parse(line) as { ok: boolean; output: string }) }));
  }

  async kill(config: Config, when: () => boolean): Promise<void> {
    await this.#configure(config);
    const args = ["up", ...FLAGS.up, "--non-interactive"];
    await killWhen(spawn("pulumi", args, { cwd: this.workspace.app, env: this.#env, stdio: "ignore" }), when);
    // The killed run holds the stack's lock.
    await this.#must("cancel", "--yes");
  }

  resources(): readonly Stored[] {
    const file = join(this.#backend, ".pulumi/stacks", PROJECT, `${STACK}.json`);
    if (!existsSync(file)) return [];
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
      checkpoint: { latest?: { resources?: readonly Stored[] } };
    };
    return checkpoint.latest?.resources ?? [];
  }

  async load(deployment: DeploymentJson): Promise<void> {
    await this.#init();
    const file = join(this.workspace.root, "import.json");
    writeFileSync(file, JSON.stringify(deployment));
    await this.#must("stack", "import", "--file", file);
  }

  async stop(): Promise<void> {
    // Everything it kept is in the workspace.
  }

  async #init(): Promise<void> {
    if (this.#configured !== undefined) return;
    this.#configured = "";
    await this.#must("stack", "init", STACK);
  }

  async #configure(config: Config): Promise<void> {
    await this.#init();
    const text = JSON.stringify(config);
    if (this.#configured === text) return;
    const before =
      this.#configured === undefined || this.#configured === "" ? {} : (JSON.parse(this.#configured) as Config);
    for (const key of Object.keys(before).filter((name) => !(name in config))) await this.#must("config", "rm", key);
    const values = Object.entries(config).flatMap(([key, value]) =>
      typeof value === "string" ? ["--plaintext", `${key}=${value}`] : ["--secret", `${key}=${value.secret}`],
    );
    await this.#must("config", "set-all", ...values);
    this.#configured = text;
  }

  async #must(...args: string[]): Promise<void> {
    const { code, output } = await this.#pulumi(...args);
    if (code !== 0) throw new Error(`pulumi ${args[0]}: ${output}`);
  }

  #pulumi(...args: string[]): Promise<{ code: number | null; output: string }> {
    return finished(spawn("pulumi", args, { cwd: this.workspace.app, env: this.#env }));
  }

  #urn(name: string): string {
    const found = this.resources().find(({ urn }) => urn.endsWith(`::${name}`));
    if (!found) throw new Error(`the state has no ${name}`);
    return found.urn;
  }
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

function readEvents(log: string): { steps: readonly string[]; said: readonly Said[] } {
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  const events = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Event);
  return { steps: events.flatMap(stepOf), said: events.flatMap(saidOf) };
}

function stepOf({ resOutputsEvent }: Event): string[] {
  if (!resOutputsEvent) return [];
  const { op, urn, type } = resOutputsEvent.metadata;
  const name = urn.split("::").pop() ?? "";
  const isOwn = type === "pulumi:pulumi:Stack" || (isProvider(type) && name === "default");
  return isOwn || op === "same" || op === "refresh" ? [] : [`${op} ${name}`];
}

function saidOf({ diagnosticEvent: event }: Event): Said[] {
  if (!event || event.ephemeral || event.severity === "debug") return [];
  return [{ severity: event.severity, text: event.message.trimEnd(), resource: event.urn?.split("::").pop() ?? "" }];
}
