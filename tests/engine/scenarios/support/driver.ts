import type { Config, DeploymentJson } from "gitlab-sandbox/engine";

import { CliDriver } from "./cli";
import { StandInDriver } from "./stand-in";
import type { Workspace } from "./workspace";

/** What an engine can be asked to do with a stack. */
export type Kind = "preview" | "up" | "refresh" | "destroy";

/** One thing to do. */
export interface Request {
  readonly kind: Kind;
  /** Names of resources that `up` replaces whether they changed or not. */
  readonly replace?: readonly string[];
  /** Of a preview: the output is what `preview --json` writes. */
  readonly json?: boolean;
  /** Whether the program has a process of its own, as it always has on a real CLI. */
  readonly apart?: boolean;
  /** URNs of the resources that `up` is limited to. */
  readonly target?: readonly string[];
}

/** How a run is cut short: Ctrl-C twice, or the end of all its processes. */
export type CutShort = "interrupt" | "kill";

/** What came of a request. */
export interface Outcome {
  readonly ok: boolean;
  /** Everything that a user reads. */
  readonly output: string;
  /**
   * What happened, such as `create hook`, as each thing ended; what stayed the same, the stack and providers that the
   * engine makes by itself are left out. A refresh says `update` of what has drifted and `delete` of what is gone.
   */
  readonly steps: readonly string[];
}

/** A resource as the state file has it, secrets encrypted. */
export interface Stored {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Whether it is replaced, and only waits to be deleted. */
  readonly delete?: boolean;
}

/** An engine with one stack in a workspace. */
export interface Driver {
  run(request: Request, config: Config): Promise<Outcome>;
  /** Several operations in one process, with the program as a function of it: whether each succeeded. */
  runInline(kinds: readonly Kind[], config: Config): Promise<readonly boolean[]>;
  /** Starts `up` and cuts it short as soon as `when` says so. Rejects when it ends before. */
  cut(request: Request, config: Config, how: CutShort, when: () => boolean): Promise<void>;
  resources(): readonly Stored[];
  /** The state as `pulumi stack export` writes it. */
  export(): Promise<DeploymentJson>;
  /** Puts a deployment, as `pulumi stack export` writes it, in place of the state. */
  load(deployment: DeploymentJson, config: Config): Promise<void>;
  stop(): Promise<void>;
}

/** Whether the scenarios run on a real CLI, which `npm run test:pulumi` asks for. */
export const onCli = process.env.SCENARIO_ENGINE === "pulumi";

/** The engine that this run of the tests is about. */
export function driverFor(workspace: Workspace): Driver {
  return onCli ? new CliDriver(workspace) : new StandInDriver(workspace);
}
