import { type Config, configText } from "./config";
import { deletion, unwanted } from "./deletion";
import type { Deployment } from "./deployment";
import { Diagnostics, type Diagnostic, type RecordedCall } from "./diagnostics";
import { engineService } from "./engine-service";
import { errorText, Executor } from "./executor";
import { deletionWaves } from "./graph";
import { Journal } from "./journal";
import { monitorService } from "./monitor";
import { OldState } from "./old-state";
import { Planner } from "./planner";
import { runInline, runProcess, type RunningProgram } from "./program";
import type { ProcessSettings } from "./provider-process";
import { ProviderRegistry } from "./provider-registry";
import { listen } from "./rpc";
import { pendingWarning } from "./pending";
import type { PlannedStep, Step } from "./steps";
import { makeUrn, STACK_TYPE } from "./urn";
import { Transforms } from "./transforms";
import { Update } from "./update";
import { type PropertyMap, secret } from "./values";

/** What the engine is asked to do. */
export type OperationKind = "preview" | "up" | "refresh" | "destroy";

/** What an operation is given. */
export interface OperationSettings {
  readonly kind: OperationKind;
  readonly directory: string;
  readonly project: string;
  readonly stack: string;
  readonly config: Config;
  readonly env: Readonly<Record<string, string>>;
  /** A function of this process, run in place of the program in the folder. */
  readonly program: (() => Promise<unknown>) | undefined;
  readonly deployment: Deployment;
  readonly replace: readonly string[];
  readonly targets: readonly string[];
  readonly parallel: number;
  readonly signal: AbortSignal | undefined;
  readonly terminate: AbortSignal | undefined;
  readonly write: (deployment: Deployment) => void;
  readonly onStart: (step: PlannedStep) => void;
  readonly onEnd: (step: Step) => void;
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
}

/** What came of an operation. */
export interface OperationOutcome {
  readonly ok: boolean;
  readonly steps: Step[];
  readonly diagnostics: Diagnostic[];
  readonly calls: RecordedCall[];
  readonly oldOutputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** One run of the engine over a stack. */
export class Operation {
  private readonly diagnostics: Diagnostics;
  private readonly calls: RecordedCall[] = [];
  private readonly steps: Step[] = [];
  private readonly journal: Journal;
  private readonly dryRun: boolean;
  private readonly stackUrn: string;
  private outputs: PropertyMap;

  constructor(private readonly settings: OperationSettings) {
    const { deployment, project, stack } = settings;
    this.dryRun = settings.kind === "preview";
    this.stackUrn = makeUrn(stack, project, "", STACK_TYPE, `${project}-${stack}`);
    this.diagnostics = new Diagnostics(this.stackUrn);
    const write = this.dryRun ? (): void => undefined : settings.write;
    this.journal = new Journal(deployment.resources, deployment.pendingOperations, write);
    this.diagnostics.onDiagnostic = settings.onDiagnostic;
    this.outputs = this.oldOutputs();
  }

  /** Runs it. What goes wrong is reported among the diagnostics. */
  async run(): Promise<OperationOutcome> {
    const server = await listen([engineService(this.diagnostics)]);
    const process = this.processSettings(server.address);
    const providers = new ProviderRegistry(process, this.record);
    let ok = false;
    this.settings.terminate?.addEventListener("abort", () => void providers.kill(), { once: true });
    try {
      ok = await this.work(process, providers);
    } catch (error) {
      this.diagnostics.report("error", errorText(error));
    } finally {
      await providers.close();
      server.close();
    }
    this.journal.save();
    const { steps, calls, outputs } = this;
    const said = this.diagnostics.all;
    const succeeded = ok && !said.some(({ severity }) => severity === "error");
    return { ok: succeeded, steps, calls, outputs, diagnostics: said, oldOutputs: this.oldOutputs() };
  }

  private async work(process: ProcessSettings, providers: ProviderRegistry): Promise<boolean> {
    const executor = new Executor({
      dryRun: this.dryRun,
      parallel: this.settings.parallel,
      journal: this.journal,
      providers,
      diagnostics: this.diagnostics,
      onStart: this.settings.onStart,
      onEnd: (step) => {
        this.steps.push(step);
        this.settings.onEnd(step);
      },
      signal: this.settings.signal,
      terminate: this.settings.terminate,
    });
    const { kind } = this.settings;
    if (kind === "refresh") await this.refresh(executor, providers);
    else if (kind === "destroy") await this.destroy(executor, providers);
    else await this.update(executor, providers, process);
    if (executor.failed) this.diagnostics.report("error", `${kind === "up" ? "update" : kind} failed`);
    return !executor.stopped;
  }

  private async refresh(executor: Executor, providers: ProviderRegistry): Promise<void> {
    const { base } = this.journal;
    for (const { provider } of base) if (provider !== undefined) await providers.ensure(provider, base);
    const refreshes = base.map((old): PlannedStep => ({
      op: "refresh",
      urn: old.urn,
      type: old.type,
      old,
      changes: [],
      ignoreChanges: [],
    }));
    await Promise.all(refreshes.map((step) => executor.run([step])));
    this.journal.forgetGone();
  }

  private async destroy(executor: Executor, providers: ProviderRegistry): Promise<void> {
    this.warnOfPendingOperations();
    const { base } = this.journal;
    for (const { provider } of base) if (provider !== undefined) await providers.ensure(provider, base);
    const waves = deletionWaves(base);
    await executor.deleteAll(waves.map((wave) => wave.map((old) => deletion(unwanted(old), old))));
    this.outputs = {};
  }

  private async update(executor: Executor, providers: ProviderRegistry, process: ProcessSettings): Promise<void> {
    if (!this.dryRun) this.warnOfPendingOperations();
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    this.settings.signal?.addEventListener("abort", stop, { once: true });
    if (this.settings.signal?.aborted) stop();
    const update = new Update({
      planner: this.planner(providers),
      executor,
      journal: this.journal,
      diagnostics: this.diagnostics,
      providerInputs: this.providerInputs(),
      dryRun: this.dryRun,
      onStop: stop,
    });
    providers.prepare();
    const transforms = new Transforms();
    const monitor = await listen([monitorService(update, transforms, this.record)]);
    try {
      const program = this.startProgram(process, monitor.address);
      const ended = program.ended.then(({ problem }) => {
        if (problem !== undefined) this.programFailed(update, problem);
      });
      await Promise.race([update.said, ended, stopped]);
      await update.finish();
      if (update.failed || executor.stopped) await program.stop();
      else await ended;
    } finally {
      transforms.close();
      monitor.close();
    }
    this.outputs = update.state(this.stackUrn)?.outputs ?? this.outputs;
  }

  /** A program that was stopped because something else failed has nothing to add. */
  private programFailed(update: Update, problem: string): void {
    if (update.failed) return;
    const reported = this.diagnostics.all.some(({ severity }) => severity === "error");
    if (!reported) this.diagnostics.report("error", problem === "" ? "the program failed" : problem);
    update.abandon();
  }

  private startProgram(process: ProcessSettings, monitorAddress: string): RunningProgram {
    const { project, stack, config, parallel, program } = this.settings;
    const settings = { ...process, project, stack, config, parallel, monitorAddress, dryRun: this.dryRun };
    return program ? runInline(program, settings) : runProcess(settings);
  }

  private planner(providers: ProviderRegistry): Planner {
    const { project, stack, replace, targets } = this.settings;
    return new Planner({
      stack,
      project,
      dryRun: this.dryRun,
      replace: new Set(replace),
      targets,
      base: this.journal.base,
      olds: new OldState(this.journal),
      providers,
      diagnostics: this.diagnostics,
    });
  }

  private processSettings(engineAddress: string): ProcessSettings {
    const { directory, env, project, stack } = this.settings;
    const own = { PULUMI_NODEJS_PROJECT: project, PULUMI_NODEJS_STACK: stack };
    return { directory, env: { ...own, ...env }, engineAddress, diagnostics: this.diagnostics };
  }

  private providerInputs(): PropertyMap {
    return Object.fromEntries(
      Object.entries(this.settings.config).map(([key, value]) => {
        const text = configText(value);
        return [key, typeof value === "string" ? text : secret(text)];
      }),
    );
  }

  private warnOfPendingOperations(): void {
    const { pendingOperations } = this.settings.deployment;
    if (pendingOperations.length === 0) return;
    this.diagnostics.report("warning", pendingWarning(pendingOperations));
  }

  private oldOutputs(): PropertyMap {
    return this.settings.deployment.resources.find(({ urn }) => urn === this.stackUrn)?.outputs ?? {};
  }

  private readonly record = (call: RecordedCall): void => {
    this.calls.push(call);
  };
}
