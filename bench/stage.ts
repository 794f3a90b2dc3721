import { readFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { startSandbox, type Sandbox } from "gitlab-sandbox";
import {
  makeWorkspace,
  openPulumiCli,
  openStandIn,
  secret,
  type Cli,
  type Driver,
  type DriverSettings,
  type Workspace,
} from "gitlab-sandbox/drivers";
import { ProcessWatch, type Usage } from "./processes";
import { countsOf, type RequestCounts } from "./requests";

/** The programs that are compared; each is a file of `programs/`. */
export type Variant = "nothing" | "many-outputs" | "by-hand" | "single" | "fleet";

/** What is measured, in the order in which it is done. */
export const operations = ["preview", "up", "empty up", "refresh", "one changed", "destroy"] as const;
/** One of {@link operations}. */
export type Operation = (typeof operations)[number];

/** What is the same for all that is compared. */
export interface Conditions {
  /** Milliseconds that every request to GitLab takes longer. */
  readonly latency: number;
  /** How many hooks are in one project. */
  readonly perProject: number;
  /** Whether the engine writes the state after each step, as it does by itself. */
  readonly checkpoints: boolean;
  /** The CLI that runs the programs; without one the stand-in does. */
  readonly cli: Cli | undefined;
}

/** What one operation took. */
export interface Figures extends Usage {
  readonly seconds: number;
  readonly requests: RequestCounts;
  /** Bytes of the state as the engine exports it, after `up`. */
  readonly state?: number;
}

const repository = path.resolve(__dirname, "../..");
const project = "bench";

/** One program with a number of hooks, in a folder, on an engine and with a GitLab of its own. */
export class Stage {
  private constructor(
    readonly variant: Variant,
    readonly count: number,
    private readonly sandbox: Sandbox,
    private readonly workspace: Workspace,
    private readonly driver: Driver,
  ) {}

  /** Sets everything up. Nothing of it is measured. */
  static async open(variant: Variant, count: number, conditions: Conditions): Promise<Stage> {
    const sandbox = await startSandbox({
      latency: conditions.latency,
      hookLimits: { project: conditions.perProject, group: 0 },
    });
    addProjects(sandbox, Math.ceil(count / conditions.perProject));
    const workspace = makeWorkspace(filesOf(variant), path.join(repository, "node_modules"));
    const { programDirectory, stateDirectory } = workspace;
    const settings: DriverSettings = {
      programDirectory,
      stateDirectory,
      project,
      stack: "bench",
      config: {
        "gitlab:baseUrl": sandbox.url,
        "gitlab:token": secret(sandbox.token),
        "bench:count": String(count),
        "bench:perProject": String(conditions.perProject),
      },
      env: conditions.checkpoints ? {} : { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" },
    };
    const driver = await (conditions.cli ? openPulumiCli(conditions.cli, settings) : openStandIn(settings));
    return new Stage(variant, count, sandbox, workspace, driver);
  }

  /**
   * Does an operation and measures it.
   *
   * @throws Error with what the engine wrote when the operation fails
   */
  async measure(operation: Operation): Promise<Figures> {
    if (operation === "one changed") await this.driver.setConfig("bench:changed", "true");
    this.sandbox.control.log.clear();
    const watch = new ProcessWatch();
    const start = performance.now();
    const { ok, output } = await this.#run(operation);
    const seconds = (performance.now() - start) / 1000;
    const usage = watch.stop();
    if (!ok) throw new Error(`${this.variant} ${this.count}: ${operation} failed:\n${output.slice(-2000)}`);
    const requests = countsOf(this.sandbox.control.requests());
    const figures = { ...usage, seconds, requests };
    if (operation !== "up") return figures;
    return { ...figures, state: Buffer.byteLength(JSON.stringify(await this.driver.export())) };
  }

  /** Stops the GitLab and removes the folder. */
  async close(): Promise<void> {
    await this.sandbox.stop();
    this.workspace.remove();
  }

  #run(operation: Operation): ReturnType<Driver["up"]> {
    if (operation === "empty up" || operation === "one changed") return this.driver.up();
    return this.driver[operation]();
  }
}

function addProjects({ control: { world } }: Sandbox, count: number): void {
  const [pattern] = world.state.projects;
  if (!pattern) throw new Error("the sandbox has no project to copy");
  for (let number = 0; number < count; number++) {
    const name = `bench-${number}`;
    world.projects.add({ ...pattern, id: world.nextId("project"), name, path: name });
  }
}

function filesOf(variant: Variant): Record<string, string> {
  const source = (name: string): string => readFileSync(path.join(repository, "bench/programs", `${name}.ts`), "utf8");
  const compilerOptions = { target: "ES2022", module: "nodenext", moduleResolution: "nodenext", strict: true };
  return {
    "Pulumi.yaml": `name: ${project}\nruntime: nodejs\n`,
    "package.json": JSON.stringify({ name: project, private: true, main: "index.ts" }),
    "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }),
    "index.ts": source(variant),
    "hooks.ts": source("hooks"),
  };
}
