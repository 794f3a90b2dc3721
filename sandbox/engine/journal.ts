import type { Deployment, PendingOperation, ResourceState } from "./deployment";

/** The state while an operation changes it. After each change the whole of it is handed to `write`. */
export class Journal {
  private readonly gone = new Set<ResourceState>();
  private readonly news: ResourceState[] = [];
  private readonly running = new Set<PendingOperation>();
  private readonly renamed = new Map<string, string>();
  /** What interrupted operations left. Whether a create succeeded, only the user can say: that one stays. */
  private readonly interrupted: PendingOperation[];

  constructor(
    /** The resources before the operation, in dependency order. */
    readonly base: readonly ResourceState[],
    pendingOperations: readonly PendingOperation[],
    private readonly write: (deployment: Deployment) => void,
  ) {
    this.interrupted = pendingOperations.filter(({ type }) => type === "creating");
  }

  /** The state as it is now. */
  current(): Deployment {
    const left = this.base.filter((state) => !this.gone.has(state)).map((state) => this.withNewNames(state));
    return { resources: [...this.news, ...left], pendingOperations: [...this.interrupted, ...this.running] };
  }

  /** Writes down what is about to happen, so that a kill leaves a trace. Returns the function that takes it back. */
  begin(operation: PendingOperation): () => void {
    this.running.add(operation);
    this.save();
    return () => {
      this.running.delete(operation);
    };
  }

  /** A resource has its new state; the old one, if given, is gone. */
  settle(next: ResourceState, old?: ResourceState): void {
    if (old) this.gone.add(old);
    if (!this.news.includes(next)) this.news.push(next);
    this.save();
  }

  /** A resource is gone. */
  remove(old: ResourceState): void {
    this.gone.add(old);
    this.save();
  }

  /** A resource of another name in the old state is from now on called so; what still refers to it follows. */
  rename(oldUrn: string, urn: string): void {
    this.renamed.set(oldUrn, urn);
  }

  /** Drops what refers to resources that are gone, and the dependencies of properties that have none. */
  forgetGone(): void {
    const { resources } = this.current();
    const urns = new Set(resources.map(({ urn }) => urn));
    const here = (urn: string): boolean => urns.has(urn);
    for (const state of resources) {
      state.dependencies = state.dependencies.filter(here);
      const left = Object.entries(state.propertyDependencies).map(
        ([name, needed]) => [name, needed.filter(here)] as const,
      );
      state.propertyDependencies = Object.fromEntries(left.filter(([, needed]) => needed.length > 0));
      if (state.parent !== undefined && !here(state.parent)) delete state.parent;
      if (state.deletedWith !== undefined && !here(state.deletedWith)) delete state.deletedWith;
    }
    this.save();
  }

  /** Writes the state. */
  save(): void {
    this.write(this.current());
  }

  private withNewNames(state: ResourceState): ResourceState {
    if (this.renamed.size === 0) return state;
    const name = (urn: string): string => this.renamed.get(urn) ?? urn;
    const provider = state.provider?.replace(/^(.*)(::[^:]*)$/, (_, urn: string, id: string) => name(urn) + id);
    return {
      ...state,
      dependencies: state.dependencies.map(name),
      propertyDependencies: Object.fromEntries(
        Object.entries(state.propertyDependencies).map(([key, urns]) => [key, urns.map(name)]),
      ),
      ...(state.parent !== undefined && { parent: name(state.parent) }),
      ...(provider !== undefined && { provider }),
      ...(state.deletedWith !== undefined && { deletedWith: name(state.deletedWith) }),
    };
  }
}
