import { randomBytes } from "node:crypto";

import type { ResourceState } from "./deployment";
import { differences } from "./differences";
import type { Diagnostics } from "./diagnostics";
import type { Goal, ReadGoal } from "./goal";
import { dependents } from "./graph";
import type { OldState } from "./old-state";
import type { CheckFailure, Provider, ProviderDiff } from "./provider";
import type { ProviderRegistry } from "./provider-registry";
import { ignoreChanges } from "./property-path";
import type { PlannedStep, StepOp } from "./steps";
import { isProviderType, makeUrn, parseProviderReference, parseUrn, STACK_TYPE } from "./urn";
import { equal, type PropertyMap, Secret, UNKNOWN, type Value } from "./values";

/** What is wrong was reported already; the operation stops. */
export class Bail extends Error {}

/** What a planner decides from. */
export interface PlannerSettings {
  readonly stack: string;
  readonly project: string;
  readonly dryRun: boolean;
  /** The URNs that are to be replaced whether they changed or not. */
  readonly replace: ReadonlySet<string>;
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
  /** What steps exist for, by URN: whatever of the old state is not among them is deleted in the end. */
  private readonly handled = new Set<string>();
  private readonly deleted = new Set<string>();
  private readonly goals = new Map<string, Goal>();

  constructor(private readonly settings: PlannerSettings) {}

  /** The steps for a resource that the program wants. Throws {@link Bail} when something is wrong with it. */
  async register(goal: Goal): Promise<PlannedStep[]> {
    const parent = goal.type === STACK_TYPE ? "" : goal.parent;
    const urn = this.newUrn(goal, parent);
    const { old, aliases } = this.settings.olds.find(goal, urn, parent);
    this.goals.set(urn, goal);
    const provider = goal.custom && !isProviderType(goal.type) ? this.settings.providers.get(goal.provider) : undefined;
    const next = this.nextState(goal, urn, parent, aliases);
    if (old?.created !== undefined) next.created = old.created;
    if (old?.modified !== undefined) next.modified = old.modified;
    const registration = { goal, urn, old, next, provider, randomSeed: randomBytes(32) };
    const steps = await this.stepsFor(registration);
    for (const step of steps) this.handled.add(step.urn);
    if (old) this.handled.add(old.urn);
    return steps;
  }

  /** The steps for a resource that the program reads. */
  read(goal: ReadGoal): PlannedStep[] {
    const urn = this.newUrn(goal, goal.parent);
    const old = this.settings.olds.get(urn);
    const next: ResourceState = {
      urn,
      type: goal.type,
      custom: true,
      id: goal.id,
      inputs: goal.inputs,
      outputs: {},
      external: true,
      dependencies: [...goal.dependencies],
      propertyDependencies: {},
      provider: goal.provider,
      ...(goal.parent !== "" && { parent: goal.parent }),
      ...optionalList("additionalSecretOutputs", goal.additionalSecretOutputs),
    };
    this.handled.add(urn);
    const step = { urn, type: goal.type, next, changes: [], ignoreChanges: [], ...(old && { old }) };
    if (old && !old.external && old.id !== goal.id)
      return [
        { ...step, op: "read-replacement", deleteOldLater: true },
        { ...step, op: "replace" },
      ];
    return [{ ...step, op: "read" }];
  }

  /** The deletions that are left when the program has said all it wants. */
  async deletions(): Promise<PlannedStep[]> {
    const steps: PlannedStep[] = [];
    for (const old of this.settings.base) {
      if (old.delete || (!this.handled.has(old.urn) && !this.deleted.has(old.urn)))
        steps.push(deletion(unwanted(old), old));
    }
    for (const { old } of steps) await this.ensureProvider(old);
    return steps;
  }

  private newUrn(goal: { type: string; name: string }, parent: string): string {
    const { stack, project } = this.settings;
    const urn = makeUrn(stack, project, parent, goal.type, goal.name);
    if (this.goals.has(urn)) {
      this.fail(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    return urn;
  }

  private nextState(goal: Goal, urn: string, parent: string, aliases: readonly string[]): ResourceState {
    const inherited = this.goals.get(parent);
    const protect = goal.protect ?? inherited?.protect;
    const retainOnDelete = goal.retainOnDelete ?? inherited?.retainOnDelete;
    return {
      urn,
      type: goal.type,
      custom: goal.custom,
      inputs: goal.inputs,
      outputs: {},
      dependencies: [...goal.dependencies],
      propertyDependencies: { ...goal.propertyDependencies },
      ...(parent !== "" && { parent }),
      ...(goal.custom && !isProviderType(goal.type) && { provider: goal.provider }),
      ...(protect !== undefined && { protect }),
      ...(retainOnDelete !== undefined && { retainOnDelete }),
      ...(goal.deletedWith !== "" && { deletedWith: goal.deletedWith }),
      ...optionalList("additionalSecretOutputs", goal.additionalSecretOutputs),
      ...optionalList("aliases", aliases),
      ...optionalList("ignoreChanges", goal.ignoreChanges),
      ...optionalList("replaceOnChanges", goal.replaceOnChanges),
      ...(Object.keys(goal.customTimeouts).length > 0 && { customTimeouts: { ...goal.customTimeouts } }),
      ...(goal.importId !== "" && { importID: goal.importId }),
    };
  }

  private async stepsFor(registration: Registration): Promise<PlannedStep[]> {
    const { goal, old, next } = registration;
    if (goal.custom && goal.importId !== "" && (!old || old.external || old.id !== goal.importId))
      return [this.step("import", { ...registration, next: { ...next, id: goal.importId } })];
    const recreating = old !== undefined && this.deleted.has(old.urn);
    const fresh = !old || recreating || old.external === true || this.isReplaceTarget(registration);
    const wanted = old && !fresh ? ignoreChanges(goal.inputs, old.inputs, goal.ignoreChanges) : goal.inputs;
    next.inputs = await this.check(registration, fresh ? {} : old.inputs, wanted);
    if (!old) return [this.step("create", registration)];
    if (recreating) {
      this.deleted.delete(old.urn);
      return [this.step("replace", registration), this.step("create-replacement", registration)];
    }
    if (old.external) {
      const later = { ...this.step("create-replacement", registration), deleteOldLater: true };
      return [later, this.step("replace", registration)];
    }
    return this.stepsFromDiff(registration, old);
  }

  private async stepsFromDiff(registration: Registration, old: ResourceState): Promise<PlannedStep[]> {
    const diff = await this.diff(registration, old);
    const replaces = diff.replaces.length > 0 || old.pendingReplacement === true;
    if (replaces) return this.replacement(registration, old, diff);
    if (diff.changes === "some" || (old.initErrors ?? []).length > 0) return [this.step("update", registration)];
    return [this.step("same", registration)];
  }

  private async replacement(
    registration: Registration,
    old: ResourceState,
    diff: ProviderDiff,
  ): Promise<PlannedStep[]> {
    const { goal, next, urn } = registration;
    if (old.protect && next.protect) this.refuseReplacement(urn);
    if (!this.isReplaceTarget(registration)) next.inputs = await this.check(registration, {}, goal.inputs);
    const create = this.step("create-replacement", registration);
    const replace = this.step("replace", registration);
    if (!(goal.deleteBeforeReplace ?? diff.deleteBeforeReplace))
      return [{ ...create, deleteOldLater: old.pendingReplacement !== true }, replace];
    const condemned = await this.replacedWith(old);
    for (const state of condemned) this.deleted.add(state.urn);
    const deletions = [...condemned.reverse(), ...(old.pendingReplacement ? [] : [old])].map((state) => ({
      ...deletion("delete-replaced", state),
      replacementFollows: true,
    }));
    await this.ensureProvider(old);
    return [...deletions, replace, create];
  }

  /** What must go before a resource that is deleted first: whatever its disappearance would have replaced. */
  private async replacedWith(root: ResourceState): Promise<ResourceState[]> {
    const condemned: ResourceState[] = [];
    const urns = new Set([root.urn]);
    for (const state of dependents(root, this.settings.base)) {
      if (this.handled.has(state.urn) || this.deleted.has(state.urn) || state.delete) continue;
      if (!state.custom || state.external || !(await this.mustGo(state, urns))) continue;
      if (state.protect) this.refuseReplacement(state.urn);
      urns.add(state.urn);
      condemned.push(state);
    }
    return condemned;
  }

  private async mustGo(state: ResourceState, replaced: ReadonlySet<string>): Promise<boolean> {
    await this.ensureProvider(state);
    if (state.provider !== undefined && replaced.has(parseProviderReference(state.provider).urn)) return true;
    const affected = Object.entries(state.propertyDependencies)
      .filter(([name, urns]) => name in state.inputs && urns.some((urn) => replaced.has(urn)))
      .map(([name]) => name);
    if (affected.length === 0 || state.provider === undefined) return false;
    const inputs = { ...state.inputs, ...Object.fromEntries(affected.map((name) => [name, UNKNOWN])) };
    const provider = this.settings.providers.get(state.provider);
    const diff = await provider.diff(state, inputs, state.ignoreChanges ?? []);
    return (diff?.replaces.length ?? 0) > 0;
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
    if ((old.provider === undefined) !== (next.provider === undefined)) return some(["provider"]);
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

/** The step that deletes a resource of the old state. */
export function deletion(op: Deletion, old: ResourceState): PlannedStep {
  return { op, urn: old.urn, type: old.type, old, changes: [], ignoreChanges: [] };
}

type Deletion = "delete" | "delete-replaced" | "read-discard" | "remove-pending-replace";

/** How a resource that is not wanted any more leaves the state. */
export function unwanted(old: ResourceState): Deletion {
  if (old.delete) return "delete-replaced";
  if (old.pendingReplacement) return "remove-pending-replace";
  return old.external ? "read-discard" : "delete";
}

function noDifference(): ProviderDiff {
  return { changes: "none", replaces: [], deleteBeforeReplace: false };
}

function optionalList<N extends string>(name: N, list: readonly string[]): Partial<Record<N, string[]>> {
  return list.length > 0 ? ({ [name]: [...list] } as Record<N, string[]>) : {};
}

/** The words of the real engine, which prints the value of the named property, secret or not. */
function describeFailure(urn: string, failure: CheckFailure, inputs: PropertyMap): string {
  const { type, name } = parseUrn(urn);
  const resource = `${type} resource '${name}'`;
  if (failure.property === "") return `${resource} has a problem: ${failure.reason}`;
  const value = inputs[failure.property];
  const text = value === undefined ? "<nil>" : engineText(value);
  return `${resource}: property ${failure.property} value {${text}} has a problem: ${failure.reason}`;
}

function engineText(value: Value): string {
  if (value instanceof Secret) return `&{{${engineText(value.value)}}}`;
  return typeof value === "string" ? value : JSON.stringify(value);
}
