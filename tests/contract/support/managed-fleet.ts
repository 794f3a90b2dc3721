import { providerText, type Definition } from "../../../provider/core/definition";
import { fleetName } from "../../../provider/fleet/kinds";
import type { Props } from "./managed-resource";
import type { ProviderProcess } from "./provider-process";
import type { ProviderFixture } from "./provider-fixture";
import { ResourceState } from "./resource-state";

/** The arguments of a fleet's entries, by key. */
export type EntryArgs = Readonly<Record<string, Props>>;

/** One fleet of a program, taken through the engine's calls. */
export class ManagedFleet extends ResourceState<[entries: EntryArgs, more?: Props]> {
  constructor(
    readonly fixture: ProviderFixture,
    readonly definition: Definition,
  ) {
    super();
  }

  protected override get process(): ProviderProcess {
    return this.fixture.provider;
  }

  override news(entries: EntryArgs, more: Props = {}): Props {
    for (const args of Object.values(entries)) this.fixture.noteSecrets(this.definition, args);
    return { entries, ...more, __provider: providerText({ name: fleetName(this.definition) }) };
  }

  /** Every problem of the entries; none where they are right. */
  async problems(entries: EntryArgs): Promise<string[]> {
    const { failures } = await this.process.check(this.inputs, this.news(entries));
    this.fixture.errors.push(...failures);
    return failures;
  }

  /** The difference to new entries. */
  async diff(entries: EntryArgs): Promise<{ changes: boolean; replaces: string[] }> {
    return this.process.diff(this.id, this.outputs, await this.checked(entries));
  }

  /** A copy of the state, as another process has it. */
  copy(fixture = this.fixture): ManagedFleet {
    const copy = new ManagedFleet(fixture, this.definition);
    copy.copyFrom(this);
    return copy;
  }
}
