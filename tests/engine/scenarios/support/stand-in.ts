import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import type { Config, DeploymentJson, OperationResult, StackSettings } from "gitlab-sandbox/engine";

import { lazySdkEnv } from "../../../support/lazy-sdk";
import type { CutShort, Driver, Kind, Outcome, Request, Stored } from "./driver";
import { cutPoint, killTree } from "./kill-tree";
import { urnIn } from "./names";
import { PASSPHRASE, PROJECT, STACK, type Workspace } from "./workspace";

const repository = resolve(__dirname, "../../../..");

type Result = Pick<OperationResult, "ok" | "output" | "steps">;

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
    this.#child ??= fork(join(__dirname, "stand-in-host.mjs"), {
      cwd: repository,
      env: { ...process.env, ...lazySdkEnv },
      stdio: ["ignore", 2, 2, "ipc"],
    });
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

  /** What is under way in it is finished no more. */
  async cut(how: CutShort): Promise<void> {
    const child = this.#child;
    if (how === "interrupt") child?.send({ interrupt: true });
    else if (child) {
      this.#child = undefined;
      await killTree(child);
    }
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
    this.#stateFile = join(workspace.state, "state.json");
    host.users += 1;
  }

  async run(request: Request, config: Config): Promise<Outcome> {
    return outcomeOf(await host.run(this.#message(request, config)));
  }

  async runInline(kinds: readonly Kind[], config: Config): Promise<readonly boolean[]> {
    const done: boolean[] = [];
    for (const kind of kinds) done.push((await this.run({ kind }, config)).ok);
    return done;
  }

  async cut(request: Request, config: Config, how: CutShort, when: () => boolean): Promise<void> {
    let hasEnded = false;
    const running = host.run(this.#message(request, config)).then(
      () => (hasEnded = true),
      () => (hasEnded = true),
    );
    await cutPoint(when, () => hasEnded);
    await host.cut(how);
    await running;
  }

  #message({ kind, replace = [], target = [], json = false, apart = false }: Request, config: Config): object {
    const settings: StackSettings = {
      programDirectory: this.workspace.app,
      project: PROJECT,
      stack: STACK,
      stateFile: this.#stateFile,
      passphrase: PASSPHRASE,
      config,
    };
    const options = { replace: replace.map((name) => urnIn(this.resources(), name)), target };
    return { settings, program: apart ? undefined : this.workspace.program, kind, options, json };
  }

  resources(): readonly Stored[] {
    if (!existsSync(this.#stateFile)) return [];
    const { deployment } = JSON.parse(readFileSync(this.#stateFile, "utf8")) as DeploymentJson;
    return (deployment.resources ?? []) as unknown as Stored[];
  }

  export(): Promise<DeploymentJson> {
    return Promise.resolve(JSON.parse(readFileSync(this.#stateFile, "utf8")) as DeploymentJson);
  }

  load(deployment: DeploymentJson): Promise<void> {
    writeFileSync(this.#stateFile, JSON.stringify(deployment));
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    host.users -= 1;
    if (host.users === 0) await host.stop();
  }
}

function outcomeOf({ ok, output, steps }: Result): Outcome {
  const done = steps
    .filter(({ op, failed }) => !failed && op !== "same" && op !== "refresh")
    .filter(({ type, name }) => type !== "pulumi:pulumi:Stack" && !(isProvider(type) && name === "default"));
  return { ok, output, steps: done.map(({ op, name }) => `${op} ${name}`) };
}

function isProvider(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}
