import type { ResourceState } from "./deployment";
import type { RecordedCall } from "./diagnostics";
import { type ProcessSettings, ProviderProcess } from "./provider-process";
import { Provider, UNKNOWN_ID } from "./provider";
import { parseProviderReference, providerReference } from "./urn";
import { equal, type PropertyMap } from "./values";

/** The providers of an operation: one process for each provider resource, started when first needed. */
export class ProviderRegistry {
  private readonly configured = new Map<string, Provider>();
  /** Checked by the program's registration, waiting to be configured. */
  private readonly checked = new Map<string, Provider>();
  private readonly processes: Promise<ProviderProcess>[] = [];
  private prepared: Promise<ProviderProcess> | undefined;

  constructor(
    private readonly settings: ProcessSettings,
    private readonly record: (call: RecordedCall) => void,
  ) {}

  /** Starts a process for the first provider ahead of time: it loads while the program does. */
  prepare(): void {
    this.prepared = this.launch();
    // Whoever needs the process hears of its failure.
    this.prepared.catch(() => undefined);
  }

  /** Checks the configuration of a provider that the program registers. */
  async check(urn: string, olds: PropertyMap, news: PropertyMap): Promise<void> {
    const provider = await this.open(urn);
    this.checked.set(urn, provider);
    await provider.checkConfig(urn, olds, news);
  }

  /** Whether a provider's configuration differs from that in the state. It never needs a replacement. */
  async differs(old: ResourceState, news: PropertyMap): Promise<boolean> {
    await this.checked.get(old.urn)?.diffConfig(old.urn, old, news);
    return !equal(old.inputs, news);
  }

  /** Tells the new provider of a resource that takes the place of another one: the engine compares their configurations. */
  async changed(old: string | undefined, next: string | undefined, olds: readonly ResourceState[]): Promise<void> {
    if (old === undefined || next === undefined || old === next) return;
    const before = olds.find(({ urn }) => urn === parseProviderReference(old).urn);
    const provider = this.get(next);
    if (before) await provider.diffConfig(provider.urn, before, provider.inputs);
  }

  /** Configures a provider with its new state, or with the one it has in the old state. */
  async settle(state: ResourceState): Promise<void> {
    const provider = this.checked.get(state.urn) ?? (await this.open(state.urn));
    this.checked.delete(state.urn);
    const id = state.id ?? UNKNOWN_ID;
    await provider.configure(id, state.inputs);
    this.configured.set(providerReference(state.urn, id), provider);
  }

  /** Makes sure that a provider which the old state names is there. */
  async ensure(reference: string, olds: readonly ResourceState[]): Promise<Provider> {
    const present = this.configured.get(reference);
    if (present) return present;
    const { urn, id } = parseProviderReference(reference);
    const state = olds.find((old) => old.urn === urn && old.id === id);
    if (!state) throw new Error(`the state has no provider ${reference}`);
    await this.settle(state);
    return this.get(reference);
  }

  /** Whether the provider that a reference names is there. */
  has(reference: string): boolean {
    return this.configured.has(reference);
  }

  /** The provider that a reference names. Throws when it was not registered. */
  get(reference: string): Provider {
    const provider = this.configured.get(reference);
    if (!provider) throw new Error(`unknown provider reference ${reference}`);
    return provider;
  }

  /** Ends every process at once, whatever it is at. */
  async kill(): Promise<void> {
    for (const started of await Promise.allSettled(this.processes))
      if (started.status === "fulfilled") started.value.kill();
  }

  /** Ends every process. */
  async close(): Promise<void> {
    for (const started of await Promise.allSettled(this.processes))
      if (started.status === "fulfilled") await started.value.close();
  }

  private async open(urn: string): Promise<Provider> {
    const starting = this.prepared ?? this.launch();
    this.prepared = undefined;
    const provider = new Provider(urn, await starting, this.settings.engineAddress, this.record);
    await provider.handshake();
    return provider;
  }

  private launch(): Promise<ProviderProcess> {
    const process = ProviderProcess.start(this.settings);
    this.processes.push(process);
    return process;
  }
}
