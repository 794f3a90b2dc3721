import type { Definition } from "../../../provider/core/definition";
import { fieldsOf, type Scope } from "../../../provider/core/schema";
import { isFleetable } from "../../../provider/fleet/kinds";
import { definitionsByName } from "../../../provider/resources/definitions";
import type { Props } from "../../contract/support/managed-resource";
import { leastArgs } from "../../contract/support/samples";
import type { GitLab } from "../../engine/scenarios/support/scenario";
import { plant, secretFields, type Canary } from "./canaries";

/** Secret arguments as a program writes them, and the options with them. */
interface Written {
  readonly args: string;
  readonly options?: string;
  /** A statement before the resource. */
  readonly before?: string;
}

/** A way on which secret arguments come to the engine. */
type Way = (secrets: Props, name: string) => Written;

const literal = (value: unknown): string => JSON.stringify(value);

const each = (secrets: Props, write: (value: unknown) => string): string =>
  Object.entries(secrets)
    .map(([name, value]) => `${literal(name)}: ${write(value)},`)
    .join(" ");

/** A map value by value, anything else as a whole. */
const nested = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? `{ ${each(value as Props, nested)} }`
    : `pulumi.all([1, pulumi.output(${literal(value)})]).apply(([, value]) => value)`;

const adding = (secrets: Props, options = "given.opts"): string =>
  `(given) => ({ props: { ...given.props, ...${literal(secrets)} }, opts: ${options} })`;

/** How secrets get into the arguments of a single resource. */
const ways: Readonly<Record<string, Way>> = {
  plain: (secrets) => ({ args: each(secrets, literal) }),
  output: (secrets) => ({ args: each(secrets, (value) => `pulumi.output(${literal(value)})`) }),
  secret: (secrets) => ({ args: each(secrets, (value) => `pulumi.secret(${literal(value)})`) }),
  promise: (secrets) => ({ args: each(secrets, (value) => `Promise.resolve(${literal(value)})`) }),
  nested: (secrets) => ({ args: each(secrets, nested) }),
  transform: (secrets) => ({ args: "", options: `transforms: [${adding(secrets)}]` }),
  transformation: (secrets) => ({ args: "", options: `transformations: [${adding(secrets)}]` }),
  withoutOptions: (secrets) => ({ args: "", options: `transforms: [${adding(secrets, "{}")}]` }),
  stackTransform: (secrets, name) => ({ args: "", before: `transforms[${literal(name)}] = ${adding(secrets)};` }),
  stackTransformation: (secrets, name) => ({
    args: "",
    before: `transformations[${literal(name)}] = ${adding(secrets)};`,
  }),
  unknownProvider: (secrets) => ({ args: each(secrets, nested), options: "provider: later" }),
};

/** How entries get into a fleet. */
const fleetWays: Readonly<Record<string, (entries: Props, name: string) => Written>> = {
  plain: (entries) => ({ args: literal(entries) }),
  entryOutput: (entries) => ({ args: `{ ${each(entries, (entry) => `pulumi.output(${literal(entry)})`)} }` }),
  entryPromise: (entries) => ({ args: `{ ${each(entries, (entry) => `Promise.resolve(${literal(entry)})`)} }` }),
  entrySecret: (entries) => ({ args: `{ ${each(entries, (entry) => `pulumi.secret(${literal(entry)})`)} }` }),
  entryNested: (entries) => ({ args: `{ ${each(entries, nested)} }` }),
  mapOutput: (entries) => ({ args: `pulumi.output(${literal(entries)})` }),
  mapSecret: (entries) => ({ args: `pulumi.secret(${literal(entries)})` }),
  mapAll: (entries) => ({ args: `pulumi.all([1, pulumi.output("x")]).apply(() => (${literal(entries)}))` }),
  transform: (entries) => ({ args: "{}", options: `transforms: [${adding({ entries })}]` }),
  transformation: (entries) => ({ args: "{}", options: `transformations: [${adding({ entries })}]` }),
  withoutOptions: (entries) => ({ args: "{}", options: `transforms: [${adding({ entries }, "{}")}]` }),
  stackTransform: (entries, name) => ({ args: "{}", before: `transforms[${literal(name)}] = ${adding({ entries })};` }),
  unknownProvider: (entries) => ({ args: `pulumi.output(${literal(entries)})`, options: "provider: later" }),
  entryOfUnknownProvider: (entries) => ({
    args: `{ ${each(entries, (entry) => `pulumi.output(${literal(entry)})`)} }`,
    options: "provider: later",
  }),
};

/** Ordinary arguments that the program makes secrets, of which GitLab shows the values under other names too. */
const repeated: Readonly<Record<string, (value: string, project: unknown) => string>> = {
  topics: (value) =>
    `new gitlab.Project("topics", { name: "topics", namespace: 9, topics: pulumi.secret([${value}]) });`,
  topicOfMany: (value) =>
    `new gitlab.Project("topic", { name: "topic", namespace: 9, topics: ["a", pulumi.secret(${value})] });`,
  tagList: (value) => `new gitlab.Project("tags", { name: "tags", namespace: 9, tagList: pulumi.secret([${value}]) });`,
  topicsByTransform: (value) =>
    `new gitlab.Project("later", { name: "later", namespace: 9 }, { transforms: [(given) => ({
      props: { ...given.props, topics: pulumi.secret([${value}]) }, opts: given.opts })] });`,
  name: (value) => `new gitlab.Project("named", { name: pulumi.secret(${value}), namespace: 9 });`,
  path: (value) => `new gitlab.Project("at", { path: pulumi.output(pulumi.secret(${value})), namespace: 9 });`,
  channel: (value, project) =>
    `new gitlab.integrations.Slack("channel", { project: ${literal(project)}, webhook: "https://hooks.slack.com/x",
      issueChannel: pulumi.secret(${value}) });`,
  channelByTransform: (value, project) =>
    `new gitlab.integrations.Mattermost("channel", { project: ${literal(project)}, webhook: "https://chat.example.com" }, {
      transforms: [(given) => ({ props: { ...given.props, noteChannel: pulumi.secret(${value}) }, opts: given.opts })] });`,
};

/** The definitions that have secrets, at the first of their scopes. */
export const withSecrets: readonly Definition[] = [...definitionsByName().values()].filter(
  (definition) => secretFields(definition, scopeOf(definition)).length > 0,
);

function scopeOf({ scopes }: Definition): Scope {
  return scopes[0] ?? "project";
}

/** A program that has every way, and the canaries in it. */
export interface Program {
  readonly text: string;
  readonly canaries: readonly Canary[];
}

/** Writes versions of a program: the same resources on the same ways, with canaries that no other version has. */
export class Programs {
  readonly #projects: unknown[] = [];
  #canaries: Canary[] = [];
  #used = 0;

  private constructor(
    readonly definitions: readonly Definition[],
    readonly baseUrl: string,
    readonly token: string,
  ) {}

  /** @param definitions the classes to try on every way; the others are left out */
  static async on(gitlab: GitLab, definitions: readonly Definition[], baseUrl: string): Promise<Programs> {
    const programs = new Programs(definitions, baseUrl, gitlab.sandbox.token);
    const count = definitions.length * (Object.keys(ways).length + Object.keys(fleetWays).length) + 2;
    for (let n = 0; n < count; n++) programs.#projects.push((await gitlab.project(`way-${n}`)).id);
    return programs;
  }

  /** The next version. */
  next(): Program {
    [this.#used, this.#canaries] = [0, []];
    const singles = this.definitions.flatMap((definition) =>
      Object.entries(ways).map(([way, write]) => this.#single(definition, way, write)),
    );
    const fleets = this.definitions
      .filter(isFleetable)
      .flatMap((definition) => Object.entries(fleetWays).map(([way, write]) => this.#fleet(definition, way, write)));
    const more = Object.entries(repeated).map(([way, write]) => write(literal(this.#word(way)), this.#place()));
    const text = [this.#head(), ...singles, ...fleets, ...more].join("\n");
    return { text, canaries: this.#canaries };
  }

  /** In a preview, what the provider `later` is configured with is not known. */
  #head(): string {
    return `
const transforms = {};
const transformations = {};
pulumi.runtime.registerResourceTransform((given) => transforms[given.name]?.(given));
pulumi.runtime.registerStackTransformation((given) => transformations[given.name]?.(given));
const first = new gitlab.ProjectHook("first", { project: 42, url: "https://ci.example.com" });
const later = new gitlab.Provider("later", {
  baseUrl: ${literal(this.baseUrl)}, token: first.hookId.apply(() => ${literal(this.token)}),
});`;
  }

  #single(definition: Definition, way: string, write: Way): string {
    const name = `${definition.name}-${way}`;
    const { plain, secrets } = this.#planted(definition);
    if (definition.kind === "project") Object.assign(plain, { name: `project-${way}`.toLowerCase(), namespace: 9 });
    const { args, options = "", before = "" } = write(secrets, name);
    const declared = `new gitlab.${definition.name}(${literal(name)}, { ...${literal(plain)}, ${args} }, { ${options} })`;
    // What is read and not managed shows what GitLab shows.
    const got = way === "plain" ? `gitlab.${definition.name}.get(${literal(`got-${name}`)}, made.id);` : "";
    return `${before} { const made = ${declared}; ${got} }`;
  }

  #fleet(definition: Definition, way: string, write: (entries: Props, name: string) => Written): string {
    const name = `fleet-${definition.name}-${way}`;
    const { plain, secrets } = this.#planted(definition);
    const { args, options = "", before = "" } = write({ a: { ...plain, ...secrets } }, name);
    return `${before} new gitlab.Fleet(${literal(name)}, gitlab.${definition.name}, ${args}, { ${options} });`;
  }

  /** The least arguments of a new object, and its secrets apart. */
  #planted(definition: Definition): { plain: Record<string, unknown>; secrets: Props } {
    const { args, canaries } = plant(definition, scopeOf(definition));
    this.#canaries.push(...canaries.filter(({ known }) => known));
    const fields = fieldsOf(definition.fields);
    const isSecret = ([name]: readonly [string, unknown]): boolean => fields.get(name)?.secret === true;
    const least = Object.entries(leastArgs(definition, scopeOf(definition))).filter((entry) => !isSecret(entry));
    const parent = this.#place();
    const home =
      definition.scopes.length === 0 ? {} : definition.scopes[0] === "group" ? { group: 9 } : { project: parent };
    return {
      plain: { ...home, ...Object.fromEntries(least) },
      secrets: Object.fromEntries(Object.entries(args).filter(isSecret)),
    };
  }

  #word(field: string): string {
    const value = `canaryword${String(70_000 + Programs.#words++)}xq`;
    this.#canaries.push({ field, value, needles: [value], known: false });
    return value;
  }

  #place(): unknown {
    return this.#projects[this.#used++ % this.#projects.length];
  }

  static #words = 0;
}
