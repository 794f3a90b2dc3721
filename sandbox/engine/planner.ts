import { randomBytes } from "node:crypto";

import { describeFailure } from "./check-failure";
import { deletion, unwanted } from "./deletion";
import type { ResourceState } from "./deployment";
import { differences } from "./differences";
import type { Diagnostics } from "./diagnostics";
import type { Goal, ReadGoal } from "./goal";
import { dependenciesOf } from "./graph";
import { nextReadState, nextState } from "./next-state";
import type { OldState } from "./old-state";
import type { Provider, ProviderDiff } from "./provider";
import type { ProviderRegistry } from "./provider-registry";
import { ignoreChanges } from "./property-path";
import { isTriggered, Replacing } from "./replacing";
import type { PlannedStep, StepOp } from "./steps";
import { Targets } from "./targets";
import { isProviderType, makeUrn, STACK_TYPE } from "./urn";
import { equal, type PropertyMap } from "./values";

/** What is wrong was reported already; the operation stops. */
export class Bail extends Error {}

/** What a planner decides from. */
export interface PlannerSettings {
  readonly stack: string;
  readonly project: string;
  readonly dryRun: boolean;
  /** The URNs that are to be replaced whether they changed or not. */
  readonly replace: ReadonlySet<string>;
  /** The URNs of all that is to be looked at; everything when empty. */
  readonly targets: readonly string[];
  readonly base: readonly ResourceState[];
  readonly olds: OldState;
  readonly providers: ProviderRegistry;
  readonly diagnostics: Diagnostics;
}

/** A registration on its way to steps. */
interface Registration {
  readonly goal: Goal;
  readonly urn: string;
  readonly old: ResourceState | undefined;
  readonly next: ResourceState;
  /** Undefined for components and for provider resources. */
  readonly provider: Provider | undefined;
  readonly randomSeed: Buffer;
}

/** Decides what to do about each resource, one at a time, as the registrations come. */
export class Planner {
  /** The URNs that the program has registered: whatever of the old state is not among them is deleted in the end. */
  private readonly handled = new Set<string>();
  /** The URNs of what would be made, but is not among the targets. */
  private readonly skipped = new Set<string>();
  private readonly goals = new Map<string, Goal>();
  private readonly targets: Targets;
  private readonly replacing: Replacing;

  constructor(private readonly settings: PlannerSettings) {
    const { base, providers } = settings;
    const refuse = (urn: string): never => this.refuseReplacement(urn);
    this.targets = new Targets(settings.targets);
    this.replacing = new Replacing({ base, providers, handled: this.handled, refuse });
  }

  /** The steps for a resource that the program wants. Throws {@link Bail} when something is wrong with it. */
  async register(goal: Goal): Promise<PlannedStep[]> {
    const parent = goal.type === STACK_TYPE ? "" : goal.parent;
    const urn = this.newUrn(goal, parent);
    const { old, aliases } = this.settings.olds.find(goal, urn, parent);
    this.goals.set(urn, goal);
    const provider = goal.custom && !isProviderType(goal.type) ? this.settings.providers.get(goal.provider) : undefined;
    const next = nextState(goal, urn, this.goals.get(parent), aliases);
    if (old?.created !== undefined) next.created = old.created;
    if (old?.modified !== undefined) next.modified = old.modified;
    const registration = { goal, urn, old, next, provider, randomSeed: randomBytes(32) };
    this.handled.add(urn);
    if (old) this.handled.add(old.urn);
    if (!this.targets.includes(urn)) return [this.untargeted(registration)];
    const steps = await this.stepsFor(registration);
    const missing = dependenciesOf(next).find((needed) => this.skipped.has(needed));
    if (missing !== undefined)
      this.fail(urn, `Resource '${urn}' depends on '${missing}', which is not among the targets`);
    return steps;
  }

  /** The steps for a resource that the program reads. */
  read(goal: ReadGoal): PlannedStep[] {
    const urn = this.newUrn(goal, goal.parent);
    const old = this.settings.olds.get(urn);
    const next = nextReadState(goal, urn);
    this.handled.add(urn);
    const step = { urn, type: goal.type, next, changes: [], ignoreChanges: [], ...(old && { old }) };
    if (old && !old.external && old.id !== goal.id)
      return [
        { ...step, op: "read-replacement", deleteOldLater: true },
        { ...step, op: "replace" },
      ];
    return [{ ...step, op: "read" }];
  }

  /** The steps for what the program has not registered, but is no target either: it stays as it is. */
  leftovers(): PlannedStep[] {
    const { base } = this.settings;
    const deletable = this.targets.deletable(base);
    return base
      .filter(({ urn }) => !this.handled.has(urn) && !deletable.has(urn))
      .map((old) => ({
        op: "same",
        urn: old.urn,
        type: old.type,
        old,
        next: { ...old },
        changes: [],
        ignoreChanges: [],
      }));
  }

  /** The deletions that are left when the program has said all it wants. Throws {@link Bail} for what was not asked for. */
  async deletions(): Promise<PlannedStep[]> {
    const { base, diagnostics } = this.settings;
    for (const urn of this.targets.unknown(new Set([...this.goals.keys(), ...base.map((old) => old.urn)])))
      diagnostics.report("error", `Resource '${urn}' could not be found in the stack`);
    const deletable = this.targets.deletable(base);
    const olds = base.filter((old) => deletable.has(old.urn) && (old.delete === true || !this.handled.has(old.urn)));
    const untold = olds.filter(({ urn }) => !this.targets.names(urn));
    for (const { urn } of untold)
      diagnostics.report("error", `Resource '${urn}' would be deleted, but is not among the targets`, urn);
    if (untold.length > 0) throw new Bail("something is not among the targets");
    for (const old of olds) await this.ensureProvider(old);
    return olds.map((old) => deletion(unwanted(old), old));
  }

  private newUrn(goal: { type: string; name: string }, parent: string): string {
    const { stack, project } = this.settings;
    const urn = makeUrn(stack, project, parent, goal.type, goal.name);
    if (this.goals.has(urn)) {
      this.fail(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    return urn;
  }

  /** What is no target stays as it is, and what is not there yet stays away. */
  private untargeted(registration: Registration): PlannedStep {
    const { old, urn } = registration;
    if (!old) {
      this.skipped.add(urn);
      return { ...this.step("same", registration), isSkipped: true };
    }
    if (old.provider !== undefined && !this.settings.providers.has(old.provider))
      this.fail(urn, `the provider of '${urn}' is another one now: that takes an operation without targets`);
    return { ...this.step("same", { ...registration, next: { ...old } }), changes: [] };
  }

  private async stepsFor(registration: Registration): Promise<PlannedStep[]> {
    const { goal, old, next, urn } = registration;
    if (goal.custom && goal.importId !== "" && (!old || old.external || old.id !== goal.importId))
      return [this.step("import", { ...registration, next: { ...next, id: goal.importId } })];
    const recreating = old !== undefined && this.replacing.deleted.has(old.urn);
    const fresh = !old || recreating || old.external === true || this.isReplaceTarget(registration);
    const wanted = old && !fresh ? ignoreChanges(goal.inputs, old.inputs, goal.ignoreChanges) : goal.inputs;
    next.inputs = await this.check(registration, fresh ? {} : old.inputs, wanted);
    if (!old) return [this.step("create", registration)];
    if (recreating) {
      this.replacing.deleted.delete(old.urn);
      this.replacing.replaced.add(urn);
      return [this.step("replace", registration), this.step("create-replacement", registration)];
    }
    if (old.external) {
      const later = { ...this.step("create-replacement", registration), deleteOldLater: true };
      return [later, this.step("replace", registration)];
    }
    if (isTriggered(old, next)) return this.replacement(registration, old, false);
    return this.stepsFromDiff(registration, old);
  }

  private async stepsFromDiff(registration: Registration, old: ResourceState): Promise<PlannedStep[]> {
    const { changes, replaces, deleteBeforeReplace } = await this.diff(registration, old);
    if (replaces.length > 0 || old.pendingReplacement === true)
      return this.replacement(registration, old, deleteBeforeReplace);
    if (changes === "some" || (old.initErrors ?? []).length > 0) return [this.step("update", registration)];
    return [this.step("same", registration)];
  }

  private async replacement(
    registration: Registration,
    old: ResourceState,
    deletesFirst: boolean,
  ): Promise<PlannedStep[]> {
    const { goal, next, urn } = registration;
    if (old.protect && next.protect) this.refuseReplacement(urn);
    this.replacing.replaced.add(urn);
    if (!this.isReplaceTarget(registration)) next.inputs = await this.check(registration, {}, goal.inputs);
    const create = this.step("create-replacement", registration);
    const replace = this.step("replace", registration);
    if (!(goal.deleteBeforeReplace ?? deletesFirst))
      return [{ ...create, deleteOldLater: old.pendingReplacement !== true }, replace];
    return [...(await this.replacing.deletions(old, urn)), replace, create];
  }

  private async check(registration: Registration, olds: PropertyMap, news: PropertyMap): Promise<PropertyMap> {
    const { urn, goal, provider, randomSeed } = registration;
    if (isProviderType(goal.type)) {
      await this.settings.providers.check(urn, olds, news);
      return news;
    }
    if (!provider) return news;
    const { inputs, failures } = await provider.check(urn, olds, news, randomSeed);
    for (const failure of failures)
      this.settings.diagnostics.report("error", describeFailure(urn, failure, inputs), urn);
    if (failures.length > 0) throw new Bail(`resource ${urn} is invalid`);
    return inputs;
  }

  private async diff(registration: Registration, old: ResourceState): Promise<ProviderDiff> {
    const { goal, next, provider, urn } = registration;
    const some = (replaces: string[]): ProviderDiff => ({ changes: "some", replaces, deleteBeforeReplace: false });
    if (this.isReplaceTarget(registration)) return some(["id"]);
    const cause = this.replacing.cause(next);
    if (cause !== undefined) return some([cause]);
    if ((old.provider === undefined) !== (next.provider === undefined)) return some(["provider"]);
    await this.settings.providers.changed(old.provider, next.provider, this.settings.base);
    if (isProviderType(goal.type))
      return (await this.settings.providers.differs(old, next.inputs)) ? some([]) : noDifference();
    if (!provider) return equal(old.inputs, next.inputs) ? noDifference() : some([]);
    const diff = await provider.diff({ ...old, urn }, next.inputs, goal.ignoreChanges);
    if (!diff) {
      this.settings.diagnostics.report("warning", PROVIDER_UNKNOWN, urn);
      return some([]);
    }
    if (diff.changes !== "unknown") return diff;
    return { ...diff, changes: equal(old.inputs, next.inputs) ? "none" : "some" };
  }

  private step(op: StepOp, registration: Registration): PlannedStep {
    const { goal, urn, old, next } = registration;
    return {
      op,
      urn,
      type: goal.type,
      next,
      changes: differences(old?.inputs ?? {}, next.inputs),
      ignoreChanges: goal.ignoreChanges,
      ...(old && { old }),
    };
  }

  private isReplaceTarget({ urn, old }: Registration): boolean {
    return old !== undefined && this.settings.replace.has(urn);
  }

  private async ensureProvider(state: ResourceState | undefined): Promise<void> {
    if (state?.provider !== undefined) await this.settings.providers.ensure(state.provider, this.settings.base);
  }

  private refuseReplacement(urn: string): never {
    this.fail(urn, `unable to replace resource "${urn}"\nas it is protected. Take the option \`protect\` away first.`);
  }

  private fail(urn: string, text: string): never {
    this.settings.diagnostics.report("error", text, urn);
    throw new Bail(text);
  }
}

const PROVIDER_UNKNOWN =
  "The provider of this resource has inputs that are not known during preview, so this preview may be wrong about it.";

function noDifference(): ProviderDiff {
  return { changes: "none", replaces: [], deleteBeforeReplace: false };
}
