import type { Definition } from "../../../provider/core/definition";
import { Fleeted, type EntryArgs } from "./fleeted";
import type { Props } from "./managed";
import { unique, type Place, type Setting } from "./setting";

/** What an entry of {@link entryIn} has. */
export const ours = { url: "https://ours.example.com/hook", token: "canary0ours0token" } as const;

/** One hook in each of some projects. */
export function entryIn(...places: readonly Place[]): EntryArgs {
  return Object.fromEntries(places.map(({ path }) => [path, { project: path, ...ours }]));
}

interface Options {
  readonly definition: Definition;
  /** What the program gives besides the entries. */
  readonly args?: Props;
  /** IDs that the program knows of its other resources. */
  readonly managed?: readonly string[];
}

/** A fleet of a program that excludes others, taken through previews and updates. */
export class ExclusiveFleet {
  readonly #name: string;

  private constructor(
    readonly fleet: Fleeted,
    readonly options: Options,
    name: string,
  ) {
    this.#name = name;
  }

  static in(setting: Setting, options: Options): ExclusiveFleet {
    return new ExclusiveFleet(new Fleeted(setting, options.definition), options, unique("fleet"));
  }

  /** The same fleet in a later process, with other options perhaps. */
  after(setting: Setting, options: Partial<Options> = {}): ExclusiveFleet {
    return new ExclusiveFleet(this.fleet.copy(setting), { ...this.options, ...options }, this.#name);
  }

  /** The IDs of the entries' objects. */
  get ids(): string[] {
    return Object.values((this.fleet.outputs.ids ?? {}) as Readonly<Record<string, string>>);
  }

  /** The arguments besides the entries. */
  more(isPreview: boolean): Props {
    const { args = { exclusive: "delete" }, managed = [] } = this.options;
    const hint = { isPreview, stack: "shop/dev", managed, isComplete: true };
    return { ...args, __resource: `Fleet "${this.#name}"`, __exclusive: hint };
  }

  /** What a preview says, and whether it shows a change. */
  async preview(entries: EntryArgs): Promise<{ said: string; changes: boolean }> {
    const { fleet } = this;
    let changes = true;
    const said = await this.#said(async () => {
      const inputs = await fleet.checked(entries, this.more(true));
      if (fleet.id !== "") ({ changes } = await fleet.setting.provider.diff(fleet.id, fleet.outputs, inputs));
    });
    return { said, changes };
  }

  /** What an update says, without a preview of its own. */
  up(entries: EntryArgs): Promise<string> {
    return this.#said(() => this.fleet.up(entries, this.more(false)));
  }

  /** The problems of a check. */
  async problems(entries: EntryArgs): Promise<string[]> {
    const { fleet } = this;
    const { failures } = await fleet.setting.provider.check(fleet.inputs, fleet.news(entries, this.more(true)));
    return failures;
  }

  async #said(task: () => Promise<unknown>): Promise<string> {
    const lines = await this.fleet.setting.heard(task);
    return lines.map(({ message }) => message).join("\n");
  }
}

/** A hook that no program manages. */
export async function stranger(setting: Setting, { scope, id }: Place, args: Props = {}): Promise<string> {
  const url = `https://${unique("theirs")}.example.com/hook`;
  const made = await setting.api("POST", `/${scope}s/${id}/hooks`, { url, ...args });
  return `${scope}s/${id}/hooks/${(made as { id: number }).id}`;
}

/** Several of them. */
export async function strangers(setting: Setting, place: Place, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await stranger(setting, place));
  return ids;
}

/** The hooks of a project or group. */
export function hooksIn(setting: Setting, { scope, id }: Place): string[] {
  const own = setting.sandbox.control.world.state.hooks.filter(({ scope: at }) => at.kind === scope && at.id === id);
  return own.map((hook) => `${scope}s/${id}/hooks/${hook.id}`).sort();
}
