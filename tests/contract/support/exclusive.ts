import type { Definition } from "../../../provider/core/definition";
import { ManagedFleet, type EntryArgs } from "./managed-fleet";
import type { Props } from "./managed-resource";
import { unique, type TestParent, type ProviderFixture } from "./provider-fixture";

/** What an entry of {@link entryIn} has. */
export const ours = { url: "https://ours.example.com/hook", token: "canary0ours0token" } as const;

/** One hook in each of some projects. */
export function entryIn(...places: readonly TestParent[]): EntryArgs {
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
    readonly fleet: ManagedFleet,
    readonly options: Options,
    name: string,
  ) {
    this.#name = name;
  }

  static in(fixture: ProviderFixture, options: Options): ExclusiveFleet {
    return new ExclusiveFleet(new ManagedFleet(fixture, options.definition), options, unique("fleet"));
  }

  /** The same fleet in a later process, with other options perhaps. */
  after(fixture: ProviderFixture, options: Partial<Options> = {}): ExclusiveFleet {
    return new ExclusiveFleet(this.fleet.copy(fixture), { ...this.options, ...options }, this.#name);
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
      if (fleet.id !== "") ({ changes } = await fleet.fixture.provider.diff(fleet.id, fleet.outputs, inputs));
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
    const { failures } = await fleet.fixture.provider.check(fleet.inputs, fleet.news(entries, this.more(true)));
    return failures;
  }

  async #said(task: () => Promise<unknown>): Promise<string> {
    const lines = await this.fleet.fixture.logsDuring(task);
    return lines.map(({ message }) => message).join("\n");
  }
}

/** A hook that no program manages. */
export async function stranger(fixture: ProviderFixture, { scope, id }: TestParent, args: Props = {}): Promise<string> {
  const url = `https://${unique("theirs")}.example.com/hook`;
  const made = await fixture.api("POST", `/${scope}s/${id}/hooks`, { url, ...args });
  return `${scope}s/${id}/hooks/${(made as { id: number }).id}`;
}

/** Several of them. */
export async function strangers(fixture: ProviderFixture, place: TestParent, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await stranger(fixture, place));
  return ids;
}

/** The hooks of a project or group. */
export function hooksIn(fixture: ProviderFixture, { scope, id }: TestParent): string[] {
  const own = fixture.sandbox.control.world.state.hooks.filter(({ scope: at }) => at.kind === scope && at.id === id);
  return own.map((hook) => `${scope}s/${id}/hooks/${hook.id}`).sort();
}
