import type { ResourceState } from "./deployment";
import { aliasUrn, type Goal, inheritedAlias } from "./goal";
import type { Journal } from "./journal";

/** Finds what the old state holds of a resource, under its own URN or under one that an alias names. */
export class OldState {
  private readonly byUrn: ReadonlyMap<string, ResourceState>;
  /** The URNs under which renamed resources were found, by their new URN. */
  private readonly oldUrns = new Map<string, string>();

  constructor(private readonly journal: Journal) {
    this.byUrn = new Map(journal.base.filter((state) => !state.delete).map((state) => [state.urn, state]));
  }

  /** The resource of exactly this URN. */
  get(urn: string): ResourceState | undefined {
    return this.byUrn.get(urn);
  }

  /** The resource that a goal continues, and the URNs it was also looked up by. */
  find(goal: Goal, urn: string, parent: string): { old?: ResourceState; aliases: string[] } {
    const aliases = this.aliasesOf(goal, urn, parent);
    for (const candidate of [urn, ...aliases]) {
      const old = this.byUrn.get(candidate);
      if (!old) continue;
      if (candidate !== urn) {
        this.oldUrns.set(urn, candidate);
        this.journal.rename(candidate, urn);
      }
      return { old, aliases };
    }
    return { aliases };
  }

  /** Whether a resource of the old state goes on under another URN. */
  isRenamed(urn: string): boolean {
    return [...this.oldUrns.values()].includes(urn);
  }

  /** Whether one URN became the other. */
  becameSame(oldUrn: string, urn: string): boolean {
    return this.oldUrns.get(urn) === oldUrn;
  }

  private aliasesOf(goal: Goal, urn: string, parent: string): string[] {
    const oldParent = this.oldUrns.get(parent);
    const own = goal.aliases.map((alias) => aliasUrn(alias, goal, urn, parent));
    const inherited =
      oldParent === undefined
        ? []
        : [
            inheritedAlias(goal.type, goal.name, parent, oldParent),
            ...goal.aliases.map((alias) => aliasUrn(alias, goal, urn, oldParent)),
          ];
    return [...new Set([...own, ...inherited])].filter((alias) => alias !== urn);
  }
}
