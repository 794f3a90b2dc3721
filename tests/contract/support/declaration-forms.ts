import type { Definition } from "../../../provider/core/definition";
import { entryPath } from "../../../provider/core/id";
import { counted } from "../../../provider/fleet/kinds";
import { unpacked } from "../../../provider/fleet/state";
import { fieldsOf, type Scope } from "../../../provider/core/schema";
import { completed } from "../../../provider/operations/check";
import { install } from "./cases";
import { ManagedFleet, type EntryArgs } from "./managed-fleet";
import { ManagedResource, type Props } from "./managed-resource";
import { leastArgs, sampleOf } from "./samples";
import { secretsIn, type TestParent, type ProviderFixture } from "./provider-fixture";
import { refreshRequests } from "./fetch-object";
import type { Step } from "./resource-state";

/** One object that a program declares, whichever way: what the rules of every resource are tried on. */
export interface DeclaredObject {
  readonly definition: Definition;
  /** The object's ID, empty where there is none. */
  readonly id: string;
  /** The arguments and outputs that a resource of its own would have. */
  readonly inputs: Props;
  readonly outputs: Props;
  /** How a message begins that is about it alone. */
  readonly title: string;
  /** What a refresh asks GitLab for, sorted. */
  readonly reads: readonly string[];
  /** The resource as the engine knows it. */
  readonly resource: { readonly id: string; readonly inputs: Props; readonly outputs: Props };
  up(args: Props, mark?: string): Promise<Step>;
  refresh(): Promise<"gone" | "there">;
  /** Deletes it as the engine would; what is known of it stays. */
  destroy(): Promise<void>;
  problems(args: Props): Promise<string[]>;
  diff(args: Props): Promise<{ changes: boolean; replaces: string[] }>;
  /** What a diff says where these arguments change. */
  changeLines(names: readonly string[]): string[];
  /** The same, in the hands of another process. */
  copy(fixture: ProviderFixture): DeclaredObject;
}

/** A way to declare objects. */
export interface DeclarationForm {
  /** Something that is not there yet. */
  declared(fixture: ProviderFixture, definition: Definition, scope: Scope): Promise<DeclaredObject>;
}

/** A resource of its own. */
export const single: DeclarationForm = {
  declared: (fixture, definition) => Promise.resolve(new ManagedResource(fixture, definition)),
};

/** An entry of a fleet that has another one already, which nothing may touch. */
export const entry: DeclarationForm = {
  async declared(fixture, definition, scope) {
    const fleet = new ManagedFleet(fixture, definition);
    const beside = await fixture.createParent(scope);
    const others = { beside: { [scope]: beside.id, ...leastArgs(definition, scope), ...otherKey(definition) } };
    await fleet.up(others);
    return new Entry(fleet, others);
  },
};

/** What the arguments name is looked up once per process, so the entry beside names something else. */
function otherKey(definition: Definition): Props {
  const info = fieldsOf(definition.fields).get(definition.idFromArgument ?? "");
  return info ? { [info.name]: sampleOf(definition, info, 1) } : {};
}

/** Both forms, for `describe.each`. */
export const forms: readonly (readonly [string, DeclarationForm])[] = [
  ["a resource of its own", single],
  ["an entry of a fleet", entry],
];

/** An object that is made; where the API cannot make it, one that was installed by hand is taken over. */
export async function createAs(
  form: DeclarationForm,
  fixture: ProviderFixture,
  definition: Definition,
  place: TestParent,
  args: Props,
): Promise<DeclaredObject> {
  const declared = await form.declared(fixture, definition, place.scope);
  await declared.up({ [place.scope]: place.id, ...args }, install(fixture, definition, place));
  return declared;
}

class Entry implements DeclaredObject {
  readonly #key = "the one";

  constructor(
    readonly resource: ManagedFleet,
    readonly others: EntryArgs,
  ) {}

  get definition(): Definition {
    return this.resource.definition;
  }

  get id(): string {
    return this.#ids[this.#key] ?? "";
  }

  get inputs(): Props {
    const { entries } = this.resource.inputs as { entries?: EntryArgs };
    return this.id === "" ? {} : completed(this.definition, entries?.[this.#key] ?? {});
  }

  get outputs(): Props {
    return unpacked(this.definition, this.resource.outputs).get(this.#key)?.outputs ?? {};
  }

  get title(): string {
    return entryPath(this.#key);
  }

  get reads(): readonly string[] {
    const others = Object.keys(this.others).map((key) => refreshRequests(this.definition, this.#ids[key] ?? "", {}));
    return [...others, refreshRequests(this.definition, this.id, this.inputs)].flat().sort();
  }

  async up(args: Props): Promise<Step> {
    const before = { ...this.#ids };
    const step = await this.resource.up(this.#with(args));
    this.#expectHidden(args);
    for (const key of Object.keys(this.others)) expect([key, this.#ids[key]]).toEqual([key, before[key]]);
    const now = this.id;
    if (before[this.#key] === undefined) return "create";
    return step === "update" && now !== before[this.#key] ? "replace" : step;
  }

  async refresh(): Promise<"gone" | "there"> {
    await this.resource.refresh();
    this.#expectHidden(this.inputs);
    return this.id === "" ? "gone" : "there";
  }

  async destroy(): Promise<void> {
    const without = this.resource.copy();
    await without.up(this.others);
    expect(Object.keys(without.outputs.ids as object)).toEqual(Object.keys(this.others));
  }

  problems(args: Props): Promise<string[]> {
    return this.resource.problems(this.#with(args));
  }

  async diff(args: Props): Promise<{ changes: boolean; replaces: string[] }> {
    const { fixture } = this.resource;
    let changes = false;
    const lines = await fixture.logsDuring(async () => {
      ({ changes } = await this.resource.diff(this.#with(args)));
    });
    const text = lines.map(({ message }) => message).join("\n");
    return { changes, replaces: [...text.matchAll(/(\w+): replaced/g)].map(([, name = ""]) => name) };
  }

  changeLines(names: readonly string[]): string[] {
    const total = Object.keys(this.others).length + 1;
    return [`1 of ${counted(this.definition, total)}: ~ ${this.#key} (${names.join(", ")})`];
  }

  copy(fixture: ProviderFixture): Entry {
    return new Entry(this.resource.copy(fixture), this.others);
  }

  get #ids(): Readonly<Record<string, string>> {
    return (this.resource.outputs.ids ?? {}) as Readonly<Record<string, string>>;
  }

  #with(args: Props): EntryArgs {
    return { ...this.others, [this.#key]: args };
  }

  /** What state holds of a fleet besides its arguments says nothing that is secret, unlike the outputs of a resource. */
  #expectHidden(args: Props): void {
    const text = JSON.stringify(this.resource.outputs);
    expect(secretsIn(this.definition, args).filter((secret) => text.includes(secret))).toEqual([]);
  }
}
