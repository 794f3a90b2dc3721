import { providerText, type Definition } from "../../../provider/core/definition";
import type { ProviderProcess } from "./provider-process";
import type { ProviderFixture } from "./provider-fixture";
import { pathShowing } from "./fetch-object";
import { ResourceState, type Props } from "./resource-state";

export type { Props };

/** One resource of a program, taken through the engine's calls; `mark` is the `import` option. */
export class ManagedResource extends ResourceState<[args: Props, mark?: string]> {
  constructor(
    readonly fixture: ProviderFixture,
    readonly definition: Definition,
  ) {
    super();
  }

  /** The resource as the engine knows it. */
  get resource(): this {
    return this;
  }

  /** How messages begin that are about it. */
  get title(): string {
    return this.id;
  }

  /** What a refresh asks GitLab for. */
  get reads(): readonly string[] {
    return [`GET /${pathShowing(this.definition, this.id)}`];
  }

  protected override get process(): ProviderProcess {
    return this.fixture.provider;
  }

  override news(args: Props, mark?: string): Props {
    this.fixture.noteSecrets(this.definition, args);
    const provider = { __provider: providerText(this.definition) };
    return { ...args, ...provider, ...(mark === undefined ? {} : { __import: mark }) };
  }

  /** Every problem of the arguments; none where they are right. */
  async problems(args: Props, mark?: string): Promise<string[]> {
    const { failures, properties } = await this.process.check(this.inputs, this.news(args, mark));
    expect(properties.filter((property) => property !== "")).toEqual([]);
    this.fixture.errors.push(...failures);
    return failures;
  }

  /** The difference to new arguments. */
  async diff(args: Props, mark?: string): Promise<{ changes: boolean; replaces: string[] }> {
    return this.process.diff(this.id, this.outputs, await this.checked(args, mark));
  }

  /** What a diff says where these secret arguments change. */
  changeLines(names: readonly string[]): string[] {
    return names.map((name) => `${this.id}: ${name} changes`);
  }

  /** A copy of the state, as another resource or another process has it. */
  copy(fixture = this.fixture): ManagedResource {
    const copy = new ManagedResource(fixture, this.definition);
    copy.copyFrom(this);
    return copy;
  }
}

/** What stands in inputs and outputs besides the hidden marks. */
export function visible(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([name]) => !name.startsWith("__")));
}
