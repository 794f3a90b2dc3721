import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { type OperationOptions, type OperationResult, secret, Stack } from "gitlab-sandbox/engine";

import { RECORDINGS, type Series } from "./recordings";

/** What the handlers of the recordings keep in place of a GitLab. */
export interface World {
  next: number;
  hooks: Record<string, Record<string, unknown>>;
  slack?: Record<string, unknown>;
}

/** How a step was taken. */
export interface ReplayedStep {
  readonly operation: "preview" | "up" | "refresh" | "destroy";
  /** The program's `STEP`; the ones that run no program have none. */
  readonly program?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: OperationOptions;
  /** Interrupts the step so many times, once a provider was asked for something. */
  readonly during?: { readonly after: RegExp; readonly interrupts: 1 | 2 };
}

const PATIENCE_MS = 60_000;

/** The passphrase of the stacks of these tests. */
export const PASSPHRASE = "recorded";

/** A copy of what a series was recorded with, in a folder of its own. */
export class Replay {
  readonly directory: string;
  readonly stateFile: string;
  private readonly worldFile: string;
  private readonly root: string;

  constructor(
    series: Series,
    private token: string,
    world?: World,
  ) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "stand-in-")));
    this.directory = join(this.root, "app");
    this.stateFile = join(this.root, "state.json");
    this.worldFile = join(this.root, "world.json");
    this.install(series);
    if (world) this.changeWorld(() => world);
  }

  /** The environment of a step. */
  env({ program = "", env = {} }: ReplayedStep): Record<string, string> {
    return { STEP: program, WORLD_FILE: this.worldFile, ...env };
  }

  /** Takes a step on the stand-in. */
  async run(step: ReplayedStep): Promise<OperationResult> {
    const stack = await this.open(step);
    const { operation, options, during } = step;
    if (!during) return stack[operation](options);
    const [cancel, terminate] = [new AbortController(), new AbortController()];
    const running = stack[operation]({ ...options, signal: cancel.signal, terminate: terminate.signal });
    const deadline = Date.now() + PATIENCE_MS;
    while (!during.after.test(this.calls())) {
      if (Date.now() > deadline) throw new Error(`no provider was asked for ${during.after.source}`);
      await sleep(20);
    }
    cancel.abort();
    if (during.interrupts > 1) terminate.abort();
    return running;
  }

  /** What the providers noted of their calls since {@link forgetCalls}; those of the third series alone do. */
  calls(): string {
    const file = `${this.worldFile}.calls`;
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** Forgets what the providers noted. */
  forgetCalls(): void {
    rmSync(`${this.worldFile}.calls`, { force: true });
  }

  /** Opens the stack for a step. */
  open(step: ReplayedStep): Promise<Stack> {
    const { directory: programDirectory, stateFile } = this;
    const config = { "gitlab:baseUrl": "http://127.0.0.1:1", "gitlab:token": secret(this.token) };
    const names = { project: "app", stack: "dev", passphrase: PASSPHRASE };
    return Stack.open({ programDirectory, stateFile, ...names, config, env: this.env(step) });
  }

  /** Changes something behind the engine's back. */
  changeWorld(change: (world: World) => World): void {
    const before = (): World => JSON.parse(readFileSync(this.worldFile, "utf8")) as World;
    let world: World = { next: 1, hooks: {} };
    try {
      world = before();
    } catch {
      // The handlers have made no world yet.
    }
    writeFileSync(this.worldFile, JSON.stringify(change(world)));
  }

  /** Sets the token of the stack's configuration. */
  rotate(token: string): void {
    this.token = token;
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** The program, the package it uses at the paths its `__provider` lines name, and the SDK of this repository. */
  private install(series: Series): void {
    const recorded = (file: string): string => join(RECORDINGS, series, file);
    const library = join(this.directory, "node_modules", "pulumi-gitlab-dynamic");
    mkdirSync(join(library, "dist"), { recursive: true });
    mkdirSync(join(this.directory, "node_modules", "@pulumi"));
    writeFileSync(join(this.directory, "package.json"), JSON.stringify({ name: "app", main: "program.js" }));
    cpSync(recorded("program.js"), join(this.directory, "program.js"));
    cpSync(recorded("resource.js"), join(library, "index.js"));
    cpSync(recorded("handlers.js"), join(library, series === "first" ? "dist/impl.js" : "handlers.js"));
    const sdk = dirname(require.resolve("@pulumi/pulumi/package.json"));
    symlinkSync(sdk, join(this.directory, "node_modules", "@pulumi", "pulumi"), "dir");
  }
}
