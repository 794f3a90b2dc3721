import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { OperationOptions, OperationResult, StackSettings } from "gitlab-sandbox/engine";
import { lazySdkEnv } from "../../support/lazy-sdk";

const repository = path.resolve(__dirname, "../../..");
const script = path.join(repository, "tests/engine/scenarios/support/stand-in-host.mjs");

/** What came of a run. */
export type Result = Pick<OperationResult, "ok" | "output" | "steps">;

/** A process in which the stand-in runs a program, and which can be killed with all that it started. */
export class Victim {
  readonly #child: ChildProcess;
  #count = 0;

  constructor() {
    // A group of its own: the provider's process is in it, and dies with it in one stroke.
    const env = { ...process.env, ...lazySdkEnv };
    this.#child = fork(script, { cwd: repository, env, stdio: ["ignore", 2, 2, "ipc"], detached: true });
  }

  /** Runs `up`. Rejects when the process ends before. */
  async up(settings: StackSettings, program: string, options: OperationOptions): Promise<Result> {
    const id = ++this.#count;
    const ended = once(this.#child, "exit").then(() => {
      throw new Error("the run was killed");
    });
    const answered = once(this.#child, "message") as Promise<[{ result?: Result; problem?: string }]>;
    this.#child.send({ id, settings, program, kind: "up", options });
    const [{ result, problem }] = await Promise.race([answered, ended]);
    if (!result) throw new Error(problem);
    return result;
  }

  /** Ends when the process and all that it started are gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    process.kill(-(this.#child.pid ?? 0), "SIGKILL");
    await ended;
  }
}
