import { providerText, type Definition } from "../../../provider/definition";
import { fleetName } from "../../../provider/fleet/kinds";
import { InitFailed } from "./provider-process";
import type { Props, Step } from "./managed";
import type { Setting } from "./setting";

/** The arguments of a fleet's entries, by key. */
export type EntryArgs = Readonly<Record<string, Props>>;

/** One fleet of a program, taken through the engine's calls. */
export class Fleeted {
  id = "";
  inputs: Props = {};
  outputs: Props = {};
  #isHalfMade = false;

  constructor(
    readonly setting: Setting,
    readonly definition: Definition,
  ) {}

  news(entries: EntryArgs, more: Props = {}): Props {
    return { entries, ...more, __provider: providerText({ name: fleetName(this.definition) }) };
  }

  async problems(entries: EntryArgs): Promise<string[]> {
    const { failures } = await this.setting.provider.check(this.inputs, this.news(entries));
    return failures;
  }

  async checked(entries: EntryArgs, more?: Props): Promise<Props> {
    const { inputs, failures } = await this.setting.provider.check(this.inputs, this.news(entries, more));
    expect(failures).toEqual([]);
    return inputs;
  }

  async up(entries: EntryArgs, more?: Props): Promise<Step> {
    const inputs = await this.checked(entries, more);
    if (this.id === "") {
      await this.#keeping(inputs, async () => {
        const { id, outputs } = await this.setting.provider.create(inputs);
        Object.assign(this, { id, inputs, outputs });
      });
      return "create";
    }
    const { changes, replaces } = await this.setting.provider.diff(this.id, this.outputs, inputs);
    expect(replaces).toEqual([]);
    if (!changes && !this.#isHalfMade) {
      this.inputs = inputs;
      return "same";
    }
    await this.#keeping(inputs, async () => {
      const outputs = await this.setting.provider.update(this.id, this.outputs, inputs);
      Object.assign(this, { inputs, outputs });
    });
    return "update";
  }

  async refresh(): Promise<"gone" | "there"> {
    const read = await this.setting.provider.read(this.id, this.outputs);
    if (read.id === "") return "gone";
    this.outputs = read.outputs;
    if (read.inputs) this.inputs = read.inputs;
    this.#isHalfMade = false;
    return "there";
  }

  async destroy(): Promise<void> {
    await this.setting.provider.delete(this.id, this.outputs);
  }

  async #keeping(inputs: Props, task: () => Promise<void>): Promise<void> {
    try {
      await task();
      this.#isHalfMade = false;
    } catch (error) {
      if (error instanceof InitFailed) {
        Object.assign(this, { id: error.id, inputs, outputs: error.properties });
        this.#isHalfMade = true;
      }
      throw error;
    }
  }
}
