import type { Config, SecretConfig } from "../engine/config";
import type { DeploymentJson } from "../engine/deployment";
import type { PropertyChange } from "../engine/differences";

/** Which program runs, and with what. */
export interface DriverSettings {
  /** The program's folder, with its Pulumi.yaml and a node_modules that has what it imports. */
  readonly programDirectory: string;
  /** An empty folder for the state and whatever else the engine keeps. */
  readonly stateDirectory: string;
  /** The project's name, as in Pulumi.yaml. */
  readonly project: string;
  readonly stack: string;
  /** By full key, for example `gitlab:baseUrl`. */
  readonly config?: Config;
  /** Added to the environment of the program and of its providers. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a single operation may be told. */
export interface DriverOptions {
  /** URNs of resources that are to be replaced whether they changed or not. */
  readonly replace?: readonly string[];
  /** URNs of the resources that the operation is limited to. */
  readonly target?: readonly string[];
  /** Refresh first. */
  readonly refresh?: boolean;
  /** Folders of policy packs that previews and updates are held to, on a real CLI; the stand-in knows none. */
  readonly policyPacks?: readonly string[];
  /** Of a preview: the output is what `preview --json` writes. */
  readonly json?: boolean;
}

/** What an operation did to one resource, or found out about it. */
export interface DriverStep {
  /** `same`, `create`, `update`, `delete`, `create-replacement`, ... A refresh reports what it found. */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** The resource's ID, as far as there is one. */
  readonly id?: string;
  /** The inputs that differ, secrets written as `[secret]`. */
  readonly changes: readonly PropertyChange[];
  readonly failed: boolean;
}

/** What came of an operation. */
export interface Outcome {
  readonly ok: boolean;
  /** What a user would read. */
  readonly output: string;
  /** What was done, providers that the engine makes by itself left out. */
  readonly steps: readonly DriverStep[];
}

/** One way to run a Pulumi program: on the stand-in or on the real CLI. */
export interface Driver {
  /** What runs the program, for a reader: `the stand-in engine` or `pulumi v3.256.0`. */
  readonly title: string;
  /** Shows what {@link up} would do. */
  preview(options?: DriverOptions): Promise<Outcome>;
  /** Makes what the program wants, without a preview before it. */
  up(options?: DriverOptions): Promise<Outcome>;
  /** Reads everything and writes down what is there now. */
  refresh(): Promise<Outcome>;
  /** Deletes everything. */
  destroy(): Promise<Outcome>;
  /** Takes the resources of an import file into the state. A real CLI below 3.254 cannot, for dynamic resources. */
  importFile(file: string): Promise<Pick<Outcome, "ok" | "output">>;
  /** Sets a value of the stack's configuration, from the next operation on. */
  setConfig(key: string, value: string | SecretConfig): Promise<void>;
  /** The state, secrets encrypted. */
  export(): Promise<DeploymentJson>;
}

/** Steps that changed something, or would in a preview. */
export function changing(steps: readonly DriverStep[]): DriverStep[] {
  return steps.filter(({ op }) => op !== "same" && op !== "refresh");
}
