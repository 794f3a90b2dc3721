import { randomUUID } from "node:crypto";

import { markSecretOutputs, type PendingOperation, type ResourceState } from "./deployment";
import { differences } from "./differences";
import type { Diagnostics } from "./diagnostics";
import { finished, type Found, outputChanges } from "./finished";
import { InitFailed } from "./init-failed";
import type { Journal } from "./journal";
import { UNKNOWN_ID } from "./provider";
import type { ProviderRegistry } from "./provider-registry";
import { isServiceError } from "./rpc";
import type { PlannedStep, Step, StepOp } from "./steps";
import { isProviderType } from "./urn";

/** What an executor works with. */
export interface ExecutorSettings {
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly journal: Journal;
  readonly providers: ProviderRegistry;
  readonly diagnostics: Diagnostics;
  readonly onStart: (step: PlannedStep) => void;
  readonly onEnd: (step: Step) => void;
  readonly signal: AbortSignal | undefined;
  /** Ends what is under way, too, and leaves it in the state as pending. */
  readonly terminate: AbortSignal | undefined;
}

/** Carries out steps, several chains at a time. After the first failure it starts no more. */
export class Executor {
  failed = false;
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly deleting = new Set<string>();

  constructor(private readonly settings: ExecutorSettings) {}

  /** Whether it takes no more steps. */
  get stopped(): boolean {
    return this.failed || this.settings.signal?.aborted === true;
  }

  /** Carries out the steps of a chain in order. Returns false when not all of them were done. */
  async run(chain: readonly PlannedStep[]): Promise<boolean> {
    await this.enter();
    for (const { op, urn } of chain) if (op === "delete-replaced") this.deleting.add(urn);
    try {
      for (const step of chain) {
        if (this.stopped || !(await this.carryOut(step))) return false;
      }
    } finally {
      this.leave();
    }
    return true;
  }

  /** Carries out deletions: the waves one after the other, a wave's steps side by side. */
  async deleteAll(waves: readonly (readonly PlannedStep[])[]): Promise<void> {
    for (const step of waves.flat()) this.deleting.add(step.urn);
    for (const wave of waves) {
      if (this.stopped) return;
      await Promise.all(wave.map((step) => this.run([step])));
    }
  }

  private async carryOut(step: PlannedStep): Promise<boolean> {
    const started = Date.now();
    this.settings.onStart(step);
    const end = (failed: boolean, found?: Found): void => {
      this.settings.onEnd(finished(step, failed, (Date.now() - started) / 1000, found));
    };
    const pending = this.pendingOperation(step);
    const settled = pending && this.settings.journal.begin(pending);
    try {
      const found = await this.apply(step);
      settled?.();
      this.record(step, found);
      end(false, found);
      return true;
    } catch (error) {
      // What came of it nobody knows: the state says that it was begun.
      if (this.settings.terminate?.aborted) return false;
      settled?.();
      this.fail(step, error);
      end(true);
      return false;
    }
  }

  /** A half-made resource goes into the state; whatever else failed leaves it as it was. */
  private fail(step: PlannedStep, error: unknown): void {
    this.failed = true;
    this.settings.diagnostics.report("error", errorText(error), step.urn);
    if (error instanceof InitFailed && step.next) {
      const old = step.op === "update" ? step.old : undefined;
      step.next.id = error.id;
      step.next.outputs = error.outputs;
      step.next.initErrors = [...error.reasons];
      // An update that did not finish is tried again against the inputs of the last one that did.
      if (old) step.next.inputs = old.inputs;
      stamp(step.next, old);
      markSecretOutputs(step.next);
      if (step.op === "create-replacement") this.record(step);
      else this.settings.journal.settle(step.next, old);
    } else this.settings.journal.save();
  }

  private pendingOperation(step: PlannedStep): PendingOperation | undefined {
    const type = PENDING_TYPES[step.op];
    const resource = step.next ?? step.old;
    if (this.settings.dryRun || !type || !resource?.custom || isProviderType(step.type)) return undefined;
    return {
      resource: { ...resource, ...(type === "updating" && step.old?.id !== undefined && { id: step.old.id }) },
      type,
    };
  }

  private async apply(step: PlannedStep): Promise<Found | undefined> {
    const { next, old } = step;
    switch (step.op) {
      case "same":
        return next && old ? this.same(next, old) : undefined;
      case "create":
      case "create-replacement":
        return next && this.create(next);
      case "update":
        return next && old ? this.update(next, old, step.ignoreChanges) : undefined;
      case "delete":
      case "delete-replaced":
        return old && this.delete(step, old);
      case "read":
      case "read-replacement":
        return next && this.read(next);
      case "import":
        return next && this.import(next);
      case "refresh":
        return old && this.refresh(old);
      case "replace":
      case "read-discard":
      case "remove-pending-replace":
        return undefined;
    }
  }

  private async same(next: ResourceState, old: ResourceState): Promise<undefined> {
    if (old.id !== undefined) next.id = old.id;
    next.outputs = isProviderType(next.type) ? next.inputs : old.outputs;
    if (isProviderType(next.type)) await this.settings.providers.settle(next);
    markSecretOutputs(next);
  }

  private async create(next: ResourceState): Promise<undefined> {
    const { dryRun, providers } = this.settings;
    if (isProviderType(next.type)) {
      next.id = dryRun ? UNKNOWN_ID : randomUUID();
      next.outputs = next.inputs;
      await providers.settle(next);
    } else if (next.custom) {
      const provider = providers.get(next.provider ?? "");
      // A dynamic provider is not asked in a preview: what it will return is not known.
      if (dryRun) next.outputs = provider.known ? next.inputs : {};
      else {
        const { id, outputs } = await provider.create(next.urn, next.inputs);
        if (id === "") throw new Error("provider returned an empty ID");
        next.id = id;
        next.outputs = outputs;
      }
    }
    stamp(next);
    markSecretOutputs(next);
  }

  private async update(next: ResourceState, old: ResourceState, ignore: readonly string[]): Promise<undefined> {
    if (old.id !== undefined) next.id = old.id;
    if (isProviderType(next.type)) {
      next.outputs = next.inputs;
      await this.settings.providers.settle(next);
    } else if (next.custom) {
      const provider = this.settings.providers.get(next.provider ?? "");
      if (this.settings.dryRun) next.outputs = provider.known ? next.inputs : {};
      else next.outputs = await provider.update({ ...old, urn: next.urn }, next.inputs, ignore);
    } else next.outputs = old.outputs;
    stamp(next, old);
    markSecretOutputs(next);
  }

  private async delete(step: PlannedStep, old: ResourceState): Promise<undefined> {
    if (step.op === "delete" && old.protect) throw new Error(protectedText(old.urn));
    const goesWithAnother = old.deletedWith !== undefined && this.deleting.has(old.deletedWith);
    const nothingToDo =
      !old.custom || isProviderType(old.type) || [old.external, old.retainOnDelete, goesWithAnother].includes(true);
    if (this.settings.dryRun || nothingToDo) return;
    await this.settings.providers.get(old.provider ?? "").delete(old);
  }

  private async read(next: ResourceState): Promise<undefined> {
    const { id = "" } = next;
    const provider = this.settings.providers.get(next.provider ?? "");
    if (id === UNKNOWN_ID || !provider.known) next.outputs = {};
    else {
      const result = await provider.read({ urn: next.urn, id, inputs: next.inputs, outputs: next.inputs });
      if (result.id === "") throw new Error(`resource '${id}' does not exist`);
      next.id = result.id;
      next.outputs = result.outputs;
    }
    markSecretOutputs(next);
  }

  /** The engine knows no properties yet, and without `__provider` a dynamic provider cannot read: this fails. */
  private async import(next: ResourceState): Promise<undefined> {
    const { id = "" } = next;
    const result = await this.settings.providers
      .get(next.provider ?? "")
      .read({ urn: next.urn, id, inputs: {}, outputs: {} });
    if (result.id === "") throw new Error(`resource '${id}' does not exist`);
    next.id = result.id;
    next.outputs = result.outputs;
    stamp(next);
    markSecretOutputs(next);
  }

  private async refresh(old: ResourceState): Promise<Found> {
    if (!old.custom || isProviderType(old.type) || old.pendingReplacement) return { state: old, changes: [] };
    const provider = this.settings.providers.get(old.provider ?? "");
    const result = await provider.read(old);
    if (result.id === "") return { changes: [] };
    const rest: ResourceState = { ...old };
    delete rest.initErrors;
    const state: ResourceState = {
      ...rest,
      id: result.id,
      outputs: result.outputs,
      inputs: result.inputs ?? old.inputs,
    };
    markSecretOutputs(state);
    const changes = [...differences(old.inputs, state.inputs), ...outputChanges(old, state)];
    if (changes.length > 0) state.modified = new Date().toISOString();
    if (old.external) return { state, changes: outputChanges(old, state, true) };
    const diff = await provider.diff(state, old.inputs, old.ignoreChanges ?? []);
    return { state, changes: diff?.changes === "none" ? [] : changes };
  }

  private record(step: PlannedStep, found?: Found): void {
    const { journal, dryRun } = this.settings;
    const { next, old } = step;
    // A preview writes nothing, but it shows the deletion that a replacement leads to.
    if (step.deleteOldLater && old) old.delete = true;
    if (dryRun || step.isSkipped) return;
    if (step.op === "refresh" && old) {
      if (found?.state) journal.settle(found.state, old);
      else journal.remove(old);
    } else if (step.op === "delete-replaced" && step.replacementFollows && old) {
      old.pendingReplacement = true;
      journal.save();
    } else if (!next && old) {
      journal.remove(old);
    } else if (next && step.op !== "replace") {
      journal.settle(next, step.deleteOldLater ? undefined : old);
    }
  }

  private async enter(): Promise<void> {
    if (this.running >= this.settings.parallel) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running++;
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running--;
  }
}

const PENDING_TYPES: Partial<Record<StepOp, PendingOperation["type"]>> = {
  create: "creating",
  "create-replacement": "creating",
  update: "updating",
  delete: "deleting",
  "delete-replaced": "deleting",
  read: "reading",
  "read-replacement": "reading",
  import: "importing",
};

function stamp(next: ResourceState, old?: ResourceState): void {
  const now = new Date().toISOString();
  next.created = old?.created ?? now;
  next.modified = now;
}

function protectedText(urn: string): string {
  return (
    `resource "${urn}" cannot be deleted\nbecause it is protected. Take the option \`protect\` away from it in the ` +
    "program, and run `up` before it is deleted."
  );
}

/** The message of whatever was thrown, without a stack trace. */
export function errorText(error: unknown): string {
  if (isServiceError(error)) return error.details;
  return error instanceof Error ? error.message.trimEnd() : String(error);
}
