import type { ResourceState } from "./deployment";
import { dependenciesOf } from "./graph";
import { isProviderType, parseUrn, STACK_TYPE } from "./urn";

/** The resources that an operation is limited to. Providers and the stack itself always belong to it. */
export class Targets {
  private readonly urns: ReadonlySet<string>;

  constructor(urns: readonly string[]) {
    this.urns = new Set(urns);
  }

  /** Whether the operation does anything about a resource. */
  includes(urn: string): boolean {
    if (this.urns.size === 0 || this.urns.has(urn)) return true;
    const { type } = parseUrn(urn);
    return isProviderType(type) || type === STACK_TYPE;
  }

  /** The targets that are none of these. */
  unknown(urns: ReadonlySet<string>): string[] {
    return [...this.urns].filter((urn) => !urns.has(urn));
  }

  /** What may be deleted of the old state: the targets, and what cannot be without them. */
  deletable(base: readonly ResourceState[]): ReadonlySet<string> {
    const reached = new Set(base.map(({ urn }) => urn).filter((urn) => this.urns.size === 0 || this.urns.has(urn)));
    for (const state of base) if (dependenciesOf(state).some((urn) => reached.has(urn))) reached.add(state.urn);
    return reached;
  }

  /** Whether the deletion of a resource was asked for in so many words, or is no matter of asking. */
  names(urn: string): boolean {
    return this.urns.size === 0 || this.urns.has(urn);
  }
}
