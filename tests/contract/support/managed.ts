import { providerText, type Definition } from "../../../provider/definition";
import { fieldsOf } from "../../../provider/fields";
import type { ProviderProcess } from "./provider-process";
import type { Setting } from "./setting";
import { Tracked } from "./tracked";

/** Properties of a resource. */
export type Props = Record<string, unknown>;

/** One resource of a program, taken through the engine's calls; `mark` is the `import` option. */
export class Managed extends Tracked<[args: Props, mark?: string]> {
  constructor(
    readonly setting: Setting,
    readonly definition: Definition,
  ) {
    super();
  }

  protected override get process(): ProviderProcess {
    return this.setting.provider;
  }

  override news(args: Props, mark?: string): Props {
    for (const [name, info] of fieldsOf(this.definition.fields)) {
      if (info.secret) this.#note(args[name]);
    }
    const provider = { __provider: providerText(this.definition) };
    return { ...args, ...provider, ...(mark === undefined ? {} : { __import: mark }) };
  }

  /** Every problem of the arguments; none where they are right. */
  async problems(args: Props, mark?: string): Promise<string[]> {
    const { failures, properties } = await this.process.check(this.inputs, this.news(args, mark));
    expect(properties.filter((property) => property !== "")).toEqual([]);
    this.setting.errors.push(...failures);
    return failures;
  }

  /** The difference to new arguments. */
  async diff(args: Props, mark?: string): Promise<{ changes: boolean; replaces: string[] }> {
    return this.process.diff(this.id, this.outputs, await this.checked(args, mark));
  }

  /** A copy of the state, as another resource or another process has it. */
  copy(setting = this.setting): Managed {
    const copy = new Managed(setting, this.definition);
    copy.take(this);
    return copy;
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
