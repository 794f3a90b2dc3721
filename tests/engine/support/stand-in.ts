import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import type { DeploymentJson, OperationResult, StackSettings } from "gitlab-sandbox/engine";

import type { Config, Driver, Outcome, Request, Stored } from "./driver";
import { killWhen } from "./kill-tree";
import { PASSPHRASE, PROJECT, STACK, type Workspace } from "./workspace";

const repository = resolve(__dirname, "../../..");

type Result = Pick<OperationResult, "ok" | "output" | "steps" | "diagnostics">;

interface Answer {
  readonly id: number;
  readonly result?: Result;
  readonly problem?: string;
}

/** One process for all stacks of a test file, since loading the packages is most of the time of a run. */
class Host {
  #child: ChildProcess | undefined;
  #count = 0;
  users = 0;

  async run(message: object): Promise<Result> {
    this.#child ??= fork(join(__dirname, "stand-in-host.mjs"), { cwd: repository, stdio: ["ignore", 2, 2, "ipc"] });
    const child = this.#child;
    const id = ++this.#count;
    const answered = new Promise<Answer>((done, fail) => {
      const onMessage = (answer: Answer): void => {
        if (answer.id !== id) return;
        child.off("message", onMessage).off("exit", onExit);
        done(answer);
      };
      const onExit = (): void => {
        fail(new Error("the stand-in ended"));
      };
      child.on("message", onMessage).once("exit", onExit);
    });
    child.send({ id, ...message });
    const { result, problem } = await answered;
    if (!result) throw new Error(problem);
    return result;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null) return;
    const ended = once(child, "exit");
    child.disconnect();
    await ended;
  }
}

const host = new Host();

/** The stand-in engine. */
export class StandInDriver implements Driver {
  readonly #stateFile: string;

  constructor(private readonly workspace: Workspace) {
    this.#stateFile = join(workspace.root, "state.json");
    host.users += 1;
  }

  async run(request: Request, config: Config): Promise<Outcome> {
    const { kind, replace = [] } = request;
    const urns = replace.map((name) => this.#urn(name));
    const settings: StackSettings = {
      programDirectory: this.workspace.app,
      project: PROJECT,
      stack: STACK,
      stateFile: this.#stateFile,
      passphrase: PASSPHRASE,
      config,
    };
    const options = { replace: urns };
    return outcomeOf(await host.run({ settings, program: this.workspace.program, kind, options }));
  }

  async runInline(requests: readonly Request[], config: Config): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const request of requests) outcomes.push(await this.run(request, config));
    return outcomes;
  }

  async kill(config: Config, when: () => boolean): Promise<void> {
    const command = join(repository, "sandbox/bin/gitlab-sandbox-engine.mjs");
    const values = Object.entries(config).flatMap(([key, value]) =>
      typeof value === "string" ? ["--config", `${key}=${value}`] : ["--secret-config", `${key}=${value.secret}`],
    );
    const args = [
      command,
      "up",
      "--cwd",
      this.workspace.app,
      "--state",
      this.#stateFile,
      "--project",
      PROJECT,
      "--stack",
      STACK,
    ];
    const env = { ...process.env, PULUMI_CONFIG_PASSPHRASE: PASSPHRASE };
    await killWhen(spawn(process.execPath, [...args, ...values], { env, stdio: "ignore" }), when);
  }

  resources(): readonly Stored[] {
    if (!existsSync(this.#stateFile)) return [];
    const { deployment } = JSON.parse(readFileSync(this.#stateFile, "utf8")) as DeploymentJson;
    return (deployment.resources ?? []) as unknown as Stored[];
  }

  load(deployment: DeploymentJson): Promise<void> {
    writeFileSync(this.#stateFile, JSON.stringify(deployment));
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    host.users -= 1;
    if (host.users === 0) await host.stop();
  }

  #urn(name: string): string {
    const found = this.resources().find(({ urn }) => urn.endsWith(`::${name}`));
    if (!found) throw new Error(`the state has no ${name}`);
    return found.urn;
  }
}

function outcomeOf({ ok, output, steps, diagnostics }: Result): Outcome {
  return {
    ok,
    output,
    steps: steps
      .filter(({ op, failed }) => !failed && op !== "same" && op !== "refresh")
      .filter(({ type, name }) => type !== "pulumi:pulumi:Stack" && !(isProvider(type) && name === "default"))
      .map(({ op, name }) => `${op} ${name}`),
    said: diagnostics
      .filter(({ severity, ephemeral }) => severity !== "debug" && !ephemeral)
      .map(({ severity, message, urn }) => ({ severity, text: message, resource: urn.split("::").pop() ?? "" })),
  };
}

/** Whether a type is that of a provider. */
export function isProvider(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}
