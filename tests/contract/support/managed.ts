import { providerText, type Definition } from "../../../provider/definition";
import { fieldsOf } from "../../../provider/fields";
import { InitFailed } from "./provider-process";
import type { Setting } from "./setting";

/** Properties of a resource. */
export type Props = Record<string, unknown>;

/** What an `up` did. */
export type Step = "create" | "update" | "same";

/** One resource of a program, taken through the engine's calls: check, diff, create, update, read and delete. */
export class Managed {
  id = "";
  inputs: Props = {};
  outputs: Props = {};
  #isHalfMade = false;

  constructor(
    readonly setting: Setting,
    readonly definition: Definition,
  ) {}

  /** The arguments as the engine hands them over; `mark` is the `import` option. */
  news(args: Props, mark?: string): Props {
    for (const [name, info] of fieldsOf(this.definition.fields)) {
      if (info.secret) this.#note(args[name]);
    }
    const provider = { __provider: providerText(this.definition) };
    return { ...args, ...provider, ...(mark === undefined ? {} : { __import: mark }) };
  }

  /** Every problem of the arguments; none where they are right. */
  async problems(args: Props, mark?: string): Promise<string[]> {
    const { failures, properties } = await this.setting.provider.check(this.inputs, this.news(args, mark));
    expect(properties.filter((property) => property !== "")).toEqual([]);
    this.setting.errors.push(...failures);
    return failures;
  }

  /** The inputs out of a check that finds nothing wrong. */
  async checked(args: Props, mark?: string): Promise<Props> {
    const { inputs, failures } = await this.setting.provider.check(this.inputs, this.news(args, mark));
    if (failures.length > 0) throw new Error(failures.join("\n"));
    return inputs;
  }

  /** The difference to new arguments. */
  async diff(args: Props, mark?: string): Promise<{ changes: boolean; replaces: string[] }> {
    return this.setting.provider.diff(this.id, this.outputs, await this.checked(args, mark));
  }

  /** Brings the resource to the arguments. A change that asks for a replacement is an error here. */
  async up(args: Props, mark?: string): Promise<Step> {
    const inputs = await this.checked(args, mark);
    if (this.id === "") {
      await this.#keeping(inputs, async () => {
        const { id, outputs } = await this.setting.provider.create(inputs);
        Object.assign(this, { id, inputs, outputs });
      });
      return "create";
    }
    const { changes, replaces } = await this.setting.provider.diff(this.id, this.outputs, inputs);
    if (replaces.length > 0) throw new Error(`asks for a replacement: ${replaces.join(", ")}`);
    // The engine updates what a failure left behind, whatever the diff says.
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

  /** Reads the resource as a refresh does. */
  async refresh(): Promise<"gone" | "there"> {
    const read = await this.setting.provider.read(this.id, this.outputs);
    if (read.id === "") {
      Object.assign(this, { id: "", inputs: {}, outputs: {} });
      return "gone";
    }
    this.outputs = read.outputs;
    if (read.inputs) this.inputs = read.inputs;
    this.#isHalfMade = false;
    return "there";
  }

  /** Deletes what the resource manages; its state stays, so that it can be asked for again. */
  async destroy(): Promise<void> {
    await this.setting.provider.delete(this.id, this.outputs);
  }

  /** A copy of the state, as another resource or another process has it. */
  copy(setting = this.setting): Managed {
    const { id, inputs, outputs } = this;
    const copy = Object.assign(new Managed(setting, this.definition), structuredClone({ id, inputs, outputs }));
    copy.#isHalfMade = this.#isHalfMade;
    return copy;
  }

  /** A failure that left an object behind is stored, as the engine does. */
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

  #note(value: unknown): void {
    if (typeof value === "string") {
      if (value.length > 3) this.setting.secrets.add(value);
    } else if (typeof value === "object" && value !== null) {
      for (const item of Object.values(value)) this.#note(item);
    }
  }
}

/** What stands in inputs and outputs besides the hidden marks. */
export function visible(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([name]) => !name.startsWith("__")));
}
