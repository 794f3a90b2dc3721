import { InitFailed, type ProviderProcess } from "./provider-process";

/** Properties of a resource. */
export type Props = Record<string, unknown>;

/** What an `up` did. */
export type Step = "create" | "update" | "replace" | "same";

/** What the engine knows of one resource, taken through the calls that it makes; `G` is what a program gives for it. */
export abstract class ResourceState<G extends readonly unknown[]> {
  id = "";
  inputs: Props = {};
  outputs: Props = {};
  #isHalfMade = false;

  /** Whether a change that asks for a replacement is an error. */
  protected readonly isInPlace: boolean = true;

  protected abstract get process(): ProviderProcess;

  /** The arguments as the engine hands them over. */
  abstract news(...given: G): Props;

  /** The inputs out of a check that finds nothing wrong; its failures are thrown, one to a line. */
  async checked(...given: G): Promise<Props> {
    const { inputs, failures } = await this.process.check(this.inputs, this.news(...given));
    if (failures.length > 0) throw new Error(failures.join("\n"));
    return inputs;
  }

  /** Brings the resource to the arguments. */
  async up(...given: G): Promise<Step> {
    const inputs = await this.checked(...given);
    if (this.id === "") return this.#create(inputs);
    const { changes, replaces } = await this.process.diff(this.id, this.outputs, inputs);
    if (replaces.length > 0) {
      if (this.isInPlace) throw new Error(`asks for a replacement: ${replaces.join(", ")}`);
      return this.#replace(inputs);
    }
    // The engine updates what a failure left behind, whatever the diff says.
    if (!changes && !this.#isHalfMade) {
      this.inputs = inputs;
      return "same";
    }
    await this.#keeping(inputs, async () => ({
      id: this.id,
      outputs: await this.process.update(this.id, this.outputs, inputs),
    }));
    return "update";
  }

  /** Reads the resource as a refresh does. */
  async refresh(): Promise<"gone" | "there"> {
    const read = await this.process.read(this.id, this.outputs);
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
    await this.process.delete(this.id, this.outputs);
  }

  /** The new object is made before the old one goes. */
  async #replace(inputs: Props): Promise<Step> {
    const { id, outputs } = this;
    await this.#create(inputs);
    await this.process.delete(id, outputs);
    return "replace";
  }

  /** Takes over what another one knows, as another process would find it in the state. */
  protected copyFrom(other: ResourceState<G>): void {
    const { id, inputs, outputs } = other;
    Object.assign(this, structuredClone({ id, inputs, outputs }));
    this.#isHalfMade = other.#isHalfMade;
  }

  async #create(inputs: Props): Promise<Step> {
    await this.#keeping(inputs, () => this.process.create(inputs));
    return "create";
  }

  /** A failure that left an object behind is stored, as the engine does. */
  async #keeping(inputs: Props, task: () => Promise<{ id: string; outputs: Props }>): Promise<void> {
    try {
      const { id, outputs } = await task();
      Object.assign(this, { id, inputs, outputs });
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
