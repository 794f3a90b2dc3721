import { deletion } from "./deletion";
import type { ResourceState } from "./deployment";
import { dependents } from "./graph";
import type { ProviderRegistry } from "./provider-registry";
import type { PlannedStep } from "./steps";
import { isProviderType, parseProviderReference } from "./urn";
import { equal, hasUnknown, UNKNOWN } from "./values";

/** What a {@link Replacing} decides from. */
export interface ReplacingSettings {
  readonly base: readonly ResourceState[];
  readonly providers: ProviderRegistry;
  /** What the program has registered so far, by URN. */
  readonly handled: ReadonlySet<string>;
  /** Reports that something is protected and must not be replaced. */
  readonly refuse: (urn: string) => never;
}

/** Knows what is replaced, and what is replaced along with it. */
export class Replacing {
  /** The URNs of what is replaced, as far as the program has come. */
  readonly replaced = new Set<string>();
  /** The URNs of what is deleted already, of which the program may still want a replacement. */
  readonly deleted = new Set<string>();

  constructor(private readonly settings: ReplacingSettings) {}

  /** The option by which a resource is replaced because another one is; undefined without one. */
  cause({ replaceWith = [], deletedWith }: ResourceState): string | undefined {
    if (replaceWith.some((urn) => this.replaced.has(urn))) return "replaceWith";
    return deletedWith !== undefined && this.replaced.has(deletedWith) ? "deletedWith" : undefined;
  }

  /** The deletions before the replacement of a resource can be made, its own the last. */
  async deletions(old: ResourceState, urn: string): Promise<PlannedStep[]> {
    const condemned = [...(await this.replacedWith(old)), ...this.followers(urn)].reverse();
    const first = condemned.filter((state) => !this.deleted.has(state.urn));
    for (const state of first) {
      if (state.protect) this.settings.refuse(state.urn);
      this.deleted.add(state.urn);
    }
    if (!old.pendingReplacement) this.deleted.add(old.urn);
    const all = [...first, ...(old.pendingReplacement ? [] : [old])];
    for (const { provider } of all)
      if (provider !== undefined) await this.settings.providers.ensure(provider, this.settings.base);
    return all.map((state) => ({ ...deletion("delete-replaced", state), replacementFollows: true }));
  }

  /** What names the resource in an option that says so. */
  private followers(urn: string): ResourceState[] {
    return this.settings.base.filter(
      ({ replaceWith = [], deletedWith, delete: isLeaving }) =>
        isLeaving !== true && (replaceWith.includes(urn) || deletedWith === urn),
    );
  }

  /** What the disappearance of a resource would replace. */
  private async replacedWith(root: ResourceState): Promise<ResourceState[]> {
    const condemned: ResourceState[] = [];
    const urns = new Set([root.urn]);
    for (const state of dependents(root, this.settings.base)) {
      if (this.settings.handled.has(state.urn) || this.deleted.has(state.urn) || state.delete) continue;
      if (!state.custom || state.external || !(await this.mustGo(state, urns))) continue;
      urns.add(state.urn);
      condemned.push(state);
    }
    return condemned;
  }

  private async mustGo(state: ResourceState, replaced: ReadonlySet<string>): Promise<boolean> {
    const { base, providers } = this.settings;
    if (state.provider === undefined || isProviderType(state.type)) return false;
    if (replaced.has(parseProviderReference(state.provider).urn)) return true;
    const affected = Object.entries(state.propertyDependencies)
      .filter(([name, urns]) => name in state.inputs && urns.some((urn) => replaced.has(urn)))
      .map(([name]) => name);
    if (affected.length === 0) return false;
    const inputs = { ...state.inputs, ...Object.fromEntries(affected.map((name) => [name, UNKNOWN])) };
    const provider = await providers.ensure(state.provider, base);
    const diff = await provider.diff(state, inputs, state.ignoreChanges ?? []);
    return (diff?.replaces.length ?? 0) > 0;
  }
}

/** Whether `replacementTrigger` asks for a replacement: where there was none or is none, it does not. */
export function isTriggered(old: ResourceState, next: ResourceState): boolean {
  const [before = null, now = null] = [old.replacementTrigger, next.replacementTrigger];
  if (hasUnknown(before) || hasUnknown(now)) return true;
  return before !== null && now !== null && !equal(before, now);
}
