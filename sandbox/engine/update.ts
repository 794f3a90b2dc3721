import type { ResourceState } from "./deployment";
import type { Executor } from "./executor";
import type { Goal, ReadGoal } from "./goal";
import { deletionWaves } from "./graph";
import type { Journal } from "./journal";
import { type Registered, type Registrations, ShuttingDown } from "./monitor";
import { Bail, type Planner } from "./planner";
import type { Diagnostics } from "./diagnostics";
import { errorText } from "./executor";
import { UNKNOWN_ID } from "./provider";
import type { PlannedStep } from "./steps";
import { isProviderType, packageOf, providerReference, providerType, STACK_TYPE } from "./urn";
import type { PropertyMap } from "./values";

/** The package of dynamic resources: the only one whose provider is started here. */
const DYNAMIC_PACKAGE = "pulumi-nodejs";

/** What an update works with. */
export interface UpdateSettings {
  readonly planner: Planner;
  readonly executor: Executor;
  readonly journal: Journal;
  readonly diagnostics: Diagnostics;
  /** The inputs of a default provider: the stack's whole configuration. */
  readonly providerInputs: PropertyMap;
  readonly dryRun: boolean;
  /** Called once, when nothing more will be done for the program. */
  readonly onStop: () => void;
}

/** A preview or an update: turns what the program says into steps, and deletes what it does not say any more. */
export class Update implements Registrations {
  private readonly states = new Map<string, ResourceState>();
  private readonly defaults = new Map<string, string>();
  private readonly busy = new Set<Promise<unknown>>();
  private planning: Promise<unknown> = Promise.resolve();
  private bailed = false;
  private stackOutputs: { readonly state: ResourceState; readonly outputs: PropertyMap } | undefined;
  private readonly over: Promise<void>;
  private end: () => void = () => undefined;
  /** Resolves when the program has said all it wants. */
  readonly said: Promise<void>;
  private sayEnded: () => void = () => undefined;

  constructor(private readonly settings: UpdateSettings) {
    this.over = new Promise((resolve) => (this.end = resolve));
    this.said = new Promise((resolve) => (this.sayEnded = resolve));
  }

  /** Whether something went wrong. */
  get failed(): boolean {
    return this.bailed || this.settings.executor.failed;
  }

  private hasStopped(): boolean {
    return this.bailed || this.settings.executor.stopped;
  }

  /** Registers a resource and returns its state after its steps. */
  register(goal: Goal): Promise<Registered> {
    return this.work(async () => {
      const steps = await this.plan(async () => {
        const provider = await this.providerFor(goal);
        return this.settings.planner.register({ ...goal, provider });
      });
      const state = await this.carryOut(steps);
      return { state, isSkipped: steps.some((step) => step.isSkipped) };
    });
  }

  /** Reads a resource that is not managed here. */
  read(goal: ReadGoal): Promise<ResourceState> {
    return this.work(async () => {
      const steps = await this.plan(async () => {
        const provider = await this.providerFor({ ...goal, custom: true });
        return this.settings.planner.read({ ...goal, provider });
      });
      return this.carryOut(steps);
    });
  }

  /** Takes the outputs of a component or of the stack. */
  outputs(urn: string, outputs: PropertyMap): Promise<void> {
    const state = this.states.get(urn);
    if (!state || this.hasStopped()) return Promise.reject(new ShuttingDown("the operation has stopped"));
    if (state.type === STACK_TYPE) {
      this.stackOutputs = { state, outputs };
      return Promise.resolve();
    }
    state.outputs = outputs;
    if (!this.settings.dryRun) this.settings.journal.save();
    return Promise.resolve();
  }

  /** Takes the news that the program has nothing more to say, and answers when everything is over. */
  programEnded(): Promise<void> {
    this.sayEnded();
    return this.over;
  }

  /** Waits for what is under way, deletes what is not wanted any more, and lets the program go. */
  async finish(): Promise<void> {
    while (this.busy.size > 0) await Promise.allSettled(this.busy);
    if (!this.hasStopped()) await this.deleteUnwanted();
    this.settleOutputs();
    this.end();
  }

  /** Which outputs the stack has shows in the end: where something failed, those that did not come are still the old ones. */
  private settleOutputs(): void {
    if (!this.stackOutputs) return;
    const { state, outputs } = this.stackOutputs;
    const { all: diagnostics } = this.settings.diagnostics;
    const hasFailed = this.failed || diagnostics.some(({ severity }) => severity === "error");
    state.outputs = hasFailed ? { ...state.outputs, ...outputs } : outputs;
    if (!this.settings.dryRun) this.settings.journal.save();
  }

  /** Gives up: the program failed, and what it did not say must not be taken for unwanted. */
  abandon(): void {
    this.bailed = true;
  }

  /** The state that a resource has now. */
  state(urn: string): ResourceState | undefined {
    return this.states.get(urn);
  }

  private async deleteUnwanted(): Promise<void> {
    const { executor, planner } = this.settings;
    const steps = await this.plan(() => planner.deletions()).catch(() => []);
    if (this.hasStopped() || !(await executor.run(planner.leftovers()))) return;
    const stepOf = new Map(steps.map((step) => [step.old, step]));
    const waves = deletionWaves(steps.flatMap(({ old }) => old ?? []));
    await executor.deleteAll(waves.map((wave) => wave.flatMap((old) => stepOf.get(old) ?? [])));
  }

  private async work<T>(task: () => Promise<T>): Promise<T> {
    if (this.hasStopped()) throw new ShuttingDown("the operation has stopped");
    const running = task();
    this.busy.add(running);
    try {
      return await running;
    } finally {
      this.busy.delete(running);
      if (this.hasStopped()) this.settings.onStop();
    }
  }

  /** Runs one plan at a time, in the order of the calls. */
  private plan(task: () => Promise<PlannedStep[]>): Promise<PlannedStep[]> {
    const planned = this.planning.then(async () => {
      if (this.hasStopped()) throw new ShuttingDown("the operation has stopped");
      return this.orBail(task);
    });
    this.planning = planned.catch(() => undefined);
    return planned;
  }

  private async orBail<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      this.bailed = true;
      if (!(error instanceof Bail) && !(error instanceof ShuttingDown))
        this.settings.diagnostics.report("error", errorText(error));
      throw new ShuttingDown("the operation has stopped");
    }
  }

  private async carryOut(steps: readonly PlannedStep[]): Promise<ResourceState> {
    const done = await this.settings.executor.run(steps);
    const state = steps.at(-1)?.next;
    if (!done || !state) throw new ShuttingDown("the operation has stopped");
    this.states.set(state.urn, state);
    return state;
  }

  private async providerFor(goal: Pick<Goal, "type" | "custom" | "provider">): Promise<string> {
    if (!goal.custom || isProviderType(goal.type) || goal.provider !== "") return goal.provider;
    const name = packageOf(goal.type);
    if (name !== DYNAMIC_PACKAGE) throw new Error(`${goal.type}: only dynamic resources can be run here`);
    const known = this.defaults.get(name);
    if (known !== undefined) return known;
    const steps = await this.settings.planner.register(defaultProviderGoal(name, this.settings.providerInputs));
    const state = await this.carryOut(steps);
    const reference = providerReference(state.urn, state.id ?? UNKNOWN_ID);
    this.defaults.set(name, reference);
    return reference;
  }
}

function defaultProviderGoal(packageName: string, inputs: PropertyMap): Goal {
  return {
    type: providerType(packageName),
    name: "default",
    parent: "",
    custom: true,
    inputs,
    provider: "",
    dependencies: [],
    propertyDependencies: {},
    additionalSecretOutputs: [],
    aliases: [],
    ignoreChanges: [],
    replaceOnChanges: [],
    importId: "",
    deletedWith: "",
    replaceWith: [],
    customTimeouts: {},
  };
}
