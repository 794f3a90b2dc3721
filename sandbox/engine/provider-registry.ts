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
  private readonly opened: Promise<Provider>[] = [];
  private prepared: Promise<ProviderProcess> | undefined;

  constructor(
    private readonly settings: ProcessSettings,
    private readonly record: (call: RecordedCall) => void,
  ) {}

  /** Starts a process for the first provider ahead of time: it loads while the program does. */
  prepare(): void {
    this.prepared = ProviderProcess.start(this.settings);
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

  /** The provider that a reference names. Throws when it was not registered. */
  get(reference: string): Provider {
    const provider = this.configured.get(reference);
    if (!provider) throw new Error(`unknown provider reference ${reference}`);
    return provider;
  }

  /** Ends every process. */
  async close(): Promise<void> {
    const opened: Promise<{ close: () => Promise<void> }>[] = this.prepared
      ? [...this.opened, this.prepared]
      : this.opened;
    for (const started of await Promise.allSettled(opened))
      if (started.status === "fulfilled") await started.value.close();
  }

  private async open(urn: string): Promise<Provider> {
    const opening = this.start(urn);
    this.opened.push(opening);
    return opening;
  }

  private async start(urn: string): Promise<Provider> {
    const starting = this.prepared ?? ProviderProcess.start(this.settings);
    this.prepared = undefined;
    const process = await starting;
    const provider = new Provider(urn, process, this.settings.engineAddress, this.record);
    await provider.handshake();
    return provider;
  }
}
