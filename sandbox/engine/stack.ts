import { resolve } from "node:path";

import type { Config, SecretConfig } from "./config";
import type { DeploymentJson } from "./deployment";
import type { Diagnostic, RecordedCall } from "./diagnostics";
import { importFile, type ImportResult } from "./import-file";
import { Operation, type OperationKind } from "./operation";
import { summarize, type Summary, Transcript } from "./output";
import type { StackSettings } from "./stack-settings";
import { StateFile } from "./state-file";
import type { Step } from "./steps";
import { encodeMap } from "./values";

/** What a single operation may be told. */
export interface OperationOptions {
  /** URNs of resources that are to be replaced whether they changed or not. */
  readonly replace?: readonly string[];
  /** URNs of the resources that \`preview\` and \`up\` are limited to; of nothing else is anything made, changed or deleted. */
  readonly target?: readonly string[];
  /** How many resources are worked on side by side; 8 unless given. */
  readonly parallel?: number;
  /** Refresh first. */
  readonly refresh?: boolean;
  /** Ends the operation early: what is under way is finished, nothing more is begun. */
  readonly signal?: AbortSignal;
  /** Ends what is under way, too, after \`signal\`: the state then says that it was begun. */
  readonly terminate?: AbortSignal;
}

/** What came of an operation. */
export interface OperationResult {
  readonly ok: boolean;
  /** 0, or 1 when something failed. */
  readonly exitCode: number;
  /** What a user would read. */
  readonly output: string;
  readonly steps: readonly Step[];
  readonly summary: Summary;
  readonly diagnostics: readonly Diagnostic[];
  /** The stack's outputs as JSON. Secrets are in clear, as in the Automation API. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What `preview --json` would write of the steps, secrets as `[secret]`. */
  readonly json: () => string;
  /** Every call to a provider, and the program's registrations, in the order in which they ended. Secrets in clear. */
  readonly calls: readonly RecordedCall[];
}

const DEFAULT_PARALLEL = 8;

/** A stack on the stand-in engine: a tool for tests and demos, no replacement for the real one. */
export class Stack {
  private config: Config;

  private constructor(
    private readonly settings: StackSettings,
    private readonly file: StateFile,
  ) {
    this.config = settings.config ?? {};
  }

  /** Opens a stack, whether it has a state yet or not. Rejects when the passphrase is not that of the state. */
  static open(settings: StackSettings): Promise<Stack> {
    return Promise.resolve().then(() => new Stack(settings, new StateFile(settings.stateFile, settings.passphrase)));
  }

  /** Shows what {@link up} would do. Changes nothing. */
  preview(options: OperationOptions = {}): Promise<OperationResult> {
    return this.run("preview", options);
  }

  /** Makes what the program wants. There is no preview before it. */
  async up(options: OperationOptions = {}): Promise<OperationResult> {
    if (options.refresh) {
      const refreshed = await this.run("refresh", options);
      if (!refreshed.ok) return refreshed;
    }
    return this.run("up", options);
  }

  /** Reads everything and writes down what is there now. Providers are configured from the state. */
  refresh(options: OperationOptions = {}): Promise<OperationResult> {
    return this.run("refresh", options);
  }

  /** Deletes everything. Providers are configured from the state. */
  destroy(options: OperationOptions = {}): Promise<OperationResult> {
    return this.run("destroy", options);
  }

  /**
   * Takes the resources of an import file into the state, as `pulumi import --file` of CLI 3.254 and later does. Rejects
   * when one has no outputs or is in the state already.
   */
  importFile(file: string): Promise<ImportResult> {
    return importFile({ ...this.settings, config: this.config }, this.file, file);
  }

  /** Sets a value of the stack's configuration, from the next operation on. */
  setConfig(key: string, value: string | SecretConfig): void {
    this.config = { ...this.config, [key]: value };
  }

  /** The state as `pulumi stack export` writes it, secrets encrypted. */
  export(): Promise<DeploymentJson> {
    return Promise.resolve().then(() => this.file.export());
  }

  private async run(kind: OperationKind, options: OperationOptions): Promise<OperationResult> {
    const { programDirectory, project, stack, env = {}, program } = this.settings;
    const transcript = new Transcript(kind, stack);
    const started = Date.now();
    const operation = new Operation({
      kind,
      directory: resolve(programDirectory),
      project,
      stack,
      config: this.config,
      env,
      program,
      deployment: this.file.read(),
      replace: options.replace ?? [],
      targets: options.target ?? [],
      parallel: options.parallel ?? DEFAULT_PARALLEL,
      signal: options.signal,
      terminate: options.terminate,
      write: (deployment) => {
        this.file.write(deployment);
      },
      onStart: (step) => {
        transcript.start(step);
      },
      onEnd: (step) => {
        transcript.end(step);
      },
      onDiagnostic: (diagnostic) => {
        transcript.diagnostic(diagnostic);
      },
    });
    const outcome = await operation.run();
    return {
      ok: outcome.ok,
      exitCode: outcome.ok ? 0 : 1,
      output: transcript.text(outcome, (Date.now() - started) / 1000),
      steps: outcome.steps,
      summary: summarize(outcome.steps),
      diagnostics: outcome.diagnostics,
      json: () => JSON.stringify({ steps: outcome.steps.map(({ op, urn, states }) => ({ op, urn, ...states() })) }),
      outputs: encodeMap(outcome.outputs, { keepSecrets: false, keepReferences: true }),
      calls: outcome.calls,
    };
  }
}
