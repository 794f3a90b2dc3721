import { InitFailed, type ProviderProcess, type Props } from "./provider-process";

/** What one `up` did to a resource. */
export type Step = "create" | "same" | "update" | "replace";

/** One resource through its life, driven as the engine drives the provider process. */
export class Life {
  id = "";
  inputs: Props = {};
  outputs: Props = {};
  #isHalfMade = false;

  constructor(
    private readonly current: () => ProviderProcess,
    readonly name: string,
  ) {}

  get process(): ProviderProcess {
    return this.current();
  }

  /** The checked inputs. Throws the failures of the check, one per line. */
  async checked(args: Props): Promise<Props> {
    const line = `exports.handler = () => require("pulumi-gitlab-dynamic/handlers").handler("${this.name}");`;
    const { inputs, failures } = await this.process.check(this.inputs, { __provider: line, ...args });
    if (failures.length > 0) throw new Error(failures.join("\n"));
    return inputs;
  }

  /** Brings the resource to `args`; a replacement makes the new object before the old one goes. */
  async up(args: Props): Promise<Step> {
    const inputs = await this.checked(args);
    if (this.id === "") return this.#create(inputs);
    const { changes, replaces } = await this.process.diff(this.id, this.outputs, inputs);
    if (replaces.length > 0) {
      const [id, outputs] = [this.id, this.outputs];
      await this.#create(inputs);
      await this.process.delete(id, outputs);
      return "replace";
    }
    if (!changes && !this.#isHalfMade) return "same";
    this.outputs = await this.#keeping(inputs, () => this.process.update(this.id, this.outputs, inputs));
    return "update";
  }

  /** @returns false when the object is gone */
  async refresh(): Promise<boolean> {
    const { id, outputs, inputs } = await this.process.read(this.id, this.outputs);
    if (id === "") {
      this.id = "";
      return false;
    }
    this.outputs = outputs;
    if (inputs) this.inputs = { ...inputs, __provider: outputs.__provider as unknown };
    return true;
  }

  async destroy(): Promise<void> {
    await this.process.delete(this.id, this.outputs);
    this.id = "";
  }

  async #create(inputs: Props): Promise<Step> {
    const made = await this.#keeping(inputs, () => this.process.create(inputs));
    [this.id, this.outputs] = [made.id, made.outputs];
    return "create";
  }

  /** The engine keeps what a failure left behind, and updates it in the next run whatever the diff says. */
  async #keeping<T>(inputs: Props, task: () => Promise<T>): Promise<T> {
    try {
      const result = await task();
      this.#isHalfMade = false;
      this.inputs = inputs;
      return result;
    } catch (error) {
      if (error instanceof InitFailed) {
        [this.id, this.outputs, this.inputs] = [error.id, error.properties, inputs];
        this.#isHalfMade = true;
      }
      throw error;
    }
  }
}
