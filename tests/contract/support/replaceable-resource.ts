import { providerText } from "../../../provider/core/definition";
import type { ProviderProcess } from "./provider-process";
import { ResourceState, type Props } from "./resource-state";

/** One resource through its life, replacements and changes of the process included. */
export class ReplaceableResource extends ResourceState<[args: Props]> {
  protected override readonly isInPlace = false;

  /** @param current the process that is asked now */
  constructor(
    private readonly current: () => ProviderProcess,
    readonly name: string,
  ) {
    super();
  }

  override get process(): ProviderProcess {
    return this.current();
  }

  override news(args: Props): Props {
    return { ...args, __provider: providerText({ name: this.name }) };
  }

  /** Deletes it, so that the next `up` makes it again. */
  override async destroy(): Promise<void> {
    await super.destroy();
    this.id = "";
  }
}
