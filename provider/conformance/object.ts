import { PartialFailureError, ProviderError } from "../core/errors";
import { providerText, type Definition } from "../core/definition";
import { withoutSecretMarks } from "../core/secret-mark";
import { handler } from "../handlers";
import type { Props } from "../operations/state/request-body";

/** The check refuses arguments: nothing was sent. */
export class CheckRefusal extends Error {}

/** Settings of the provider by their name after `gitlab:`. */
export type ProviderSettings = Readonly<Record<string, unknown>>;

/** One object of a class, taken through the calls that the engine makes. */
export class TrialObject {
  id = "";
  inputs: Props = {};
  outputs: Props = {};

  constructor(
    readonly definition: Definition,
    private readonly settings: ProviderSettings,
  ) {}

  /** Another hand on the same object, as the state of another run knows it. */
  copy(): TrialObject {
    const copy = new TrialObject(this.definition, this.settings);
    Object.assign(copy, structuredClone({ id: this.id, inputs: this.inputs, outputs: this.outputs }));
    return copy;
  }

  /**
   * The inputs that the engine goes on with.
   *
   * @param mark the `import` option
   * @throws CheckRefusal with every problem
   */
  async check(args: Props, mark?: string): Promise<Props> {
    const given = { ...args, ...this.#provider, ...(mark === undefined ? {} : { __import: mark }) };
    const checked = await this.#handler().check?.(this.inputs, given);
    const failures = checked?.failures ?? [];
    if (failures.length > 0) throw new CheckRefusal(failures.map(({ reason }) => reason).join("; "));
    return withoutSecretMarks(checked?.inputs ?? given) as Props;
  }

  /** Makes a new one, or takes over what the mark names. What a failure leaves behind is known afterwards. */
  async create(args: Props, mark?: string): Promise<void> {
    this.inputs = {};
    const inputs = await this.check(args, mark);
    await this.#persisting(inputs, async () => {
      const made = await this.#handler().create(inputs);
      return { id: made.id, outputs: withoutSecretMarks(made.outs ?? {}) as Props };
    });
  }

  /** The difference to other arguments. */
  async diff(args: Props, mark?: string): Promise<{ readonly changes: boolean; readonly replaces: readonly string[] }> {
    const inputs = await this.check(args, mark);
    const { changes = false, replaces = [] } = (await this.#handler().diff?.(this.id, this.outputs, inputs)) ?? {};
    return { changes, replaces };
  }

  /** Brings it to other arguments. */
  async update(args: Props): Promise<void> {
    const inputs = await this.check(args);
    await this.#persisting(inputs, async () => {
      const updated = await this.#handler().update?.(this.id, this.outputs, inputs);
      return { id: this.id, outputs: withoutSecretMarks(updated?.outs ?? {}) as Props };
    });
  }

  /** Reads it. What is known of it stays where nothing is there. @returns whether it is there */
  async refresh(): Promise<boolean> {
    const read = await this.#handler().read?.(this.id, this.outputs);
    if (!read?.id) return false;
    const { inputs } = read as { inputs?: Props };
    this.outputs = withoutSecretMarks(read.props ?? {}) as Props;
    if (inputs) this.inputs = withoutSecretMarks(inputs) as Props;
    return true;
  }

  /** Deletes it; what is known of it stays. */
  async delete(): Promise<void> {
    await this.#handler().delete?.(this.id, this.outputs);
  }

  get #provider(): Props {
    return { __provider: providerText(this.definition) };
  }

  #handler() {
    const made = handler(this.definition.name);
    const get = (key: string) => this.settings[key.replace(/^gitlab:/, "")];
    void made.configure?.({ config: { get } } as unknown as Parameters<NonNullable<typeof made.configure>>[0]);
    return made;
  }

  async #persisting(
    inputs: Props,
    task: () => Promise<{ readonly id: string; readonly outputs: Props }>,
  ): Promise<void> {
    try {
      Object.assign(this, { ...(await task()), inputs });
    } catch (error) {
      if (error instanceof PartialFailureError)
        Object.assign(this, { id: error.id, inputs, outputs: withoutSecretMarks(error.properties) });
      throw error;
    }
  }
}

/** Whether an error is what a user would read, and no fault of this program. */
export function isUserError(error: unknown): error is Error {
  return error instanceof ProviderError || error instanceof CheckRefusal;
}
