import * as pulumi from "@pulumi/pulumi";
import { checkDuplicates } from "../program/duplicate-check";
import { className, providerText, typeToken, type Definition } from "../core/definition";
import { checkInstallation } from "../program/installation";
import { asText, isPending, isPlainMap, type NoOutput } from "../program/plain-arguments";
import { previewHint } from "../program/preview-hint";
import { isKnown, withSecrets } from "../program/secrets";
import { argsOfProvider, Provider } from "../program/provider";
import { argumentWarnings, optionWarnings, resourceName } from "../program/resource";
import { entryPath, formatId } from "../core/id";
import { parentText, type Scope } from "../core/parent-ref";
import { isMocked } from "../program/mocked";
import { managedIds, noteManaged } from "../program/managed-ids";
import { exclusiveArgs, runHintName, type Exclusive, type RunHint } from "./exclusive-arguments";
import { fleetName, isFleetable, lossOf } from "./kinds";
import { runError } from "../program/run-error";

/** A class of resources that a {@link Fleet} can contain, with arguments `A`. */
export interface FleetKind<A> {
  new (name: string, args: A & NoOutput, opts?: pulumi.CustomResourceOptions): pulumi.CustomResource;
  readonly definition: Definition;
}

/** Pulumi's options, except `import`, and what a fleet has besides its entries. */
export interface FleetOptions extends pulumi.CustomResourceOptions {
  /**
   * Says that the entries are all there is in their projects or groups: of hooks and shares there that belong to no entry
   * and to no other resource of the program, `"report"` only tells, and `"delete"` has `pulumi up` delete those that the
   * preview has named. Inherited ones, and those of projects and groups without an entry, are not looked at.
   *
   * @default undefined: others are let be
   */
  exclusive?: Exclusive | undefined;
  /** The most objects that `exclusive: "delete"` deletes in one run; if there are more, the preview fails. @default 10 */
  exclusiveLimit?: number | undefined;
}

/** A type that is not inferred from the value it describes, so that the class alone says what its entries can have. */
type Fixed<T> = [T][T extends unknown ? 0 : never];

/**
 * Many objects of one kind in a single resource: hooks, integrations, push rules, notification settings or shares of
 * thousands of projects or groups, at a fraction of the cost of single resources.
 *
 * Each entry behaves like a single resource, under a key that the program chooses. An update changes only the entries
 * that differ, and deletes removed entries. An entry that moves to another project is deleted and created again there.
 * The fleet itself is never replaced. An existing object that equals an entry in everything that GitLab shows is
 * imported as that entry, so that an interrupted run can continue. If entries fail, the others are still processed, and
 * the next `pulumi up` retries only the failed ones.
 *
 * `ignoreChanges` works for entries: `entries["acme/shop"].url`. With `retainOnDelete`, the objects of removed entries
 * stay on GitLab.
 *
 * The constructor throws a pulumi.RunError if another resource of the program manages the same object, or a key is invalid.
 *
 * @example
 * ```ts
 * new gitlab.Fleet("audits", gitlab.ProjectHook, {
 *   shop: { project: "acme/shop", url: "https://audit.acme.example/gitlab" },
 *   web: { project: "acme/web", url: "https://audit.acme.example/gitlab" },
 * });
 * ```
 */
export class Fleet<A extends object = object> extends pulumi.CustomResource {
  /**
   * The ID of every entry's object by its key: `projects/42/hooks/7`. Under `pulumi.runtime.setMocks`, if the mock
   * returns no `ids`, every entry gets an ID of this form with a made-up number.
   */
  declare readonly ids: pulumi.Output<Readonly<Record<string, string>>>;

  // Without a comment of its own: editors then show the one of the class, with its example.
  constructor(
    /** Its name in the stack. */
    name: string,
    /** The class of its objects: `gitlab.ProjectHook`. */
    kind: FleetKind<A>,
    /**
     * The arguments of each object, by keys that the program chooses. An entry may be an Output, and so may the whole map:
     * then two resources that manage the same object are detected only by the provider.
     */
    entries: pulumi.Input<Readonly<Record<string, pulumi.Input<Fixed<A>>>>>,
    /** Pulumi's options, except `import`, and `exclusive`: what becomes of objects that are no entries. */
    opts: FleetOptions = {},
  ) {
    checkInstallation();
    const { definition } = kind;
    requireFleetable(definition, opts);
    const given = plainEntries(`Fleet "${name}"`, entries);
    for (const [key, args] of given) checkDuplicates(definition, `Fleet "${name}" ${entryPath(key)}`, args, opts);
    const { exclusive, exclusiveLimit, ...rest } = opts;
    const own: { resource?: Fleet } = {};
    const props = {
      ...propsOf(definition, entries, rest),
      ...exclusiveProps(definition, { exclusive, exclusiveLimit }, () => own.resource),
      __resource: resourceName("Fleet", name, rest),
      ...previewHint(definition, `Fleet "${name}"`, {}, rest),
    };
    super(typeToken({ name: fleetName(definition) }), name, props, optionsOf(rest));
    own.resource = this;
    // Of two exclusive fleets, neither waits for the other.
    if (exclusive === undefined) noteManaged(definition, this.ids, {}, rest);
    if (isMocked())
      Object.defineProperty(this, "ids", { value: mockIds(definition, this.ids, entries), enumerable: true });
    const warnings = given.flatMap(([, args]) => argumentWarnings(definition, args));
    for (const text of new Set([...optionWarnings(opts), ...warnings])) void pulumi.log.warn(text, this);
  }

  /** The numeric ID of every entry's hook by its key; empty for other kinds. */
  get hookIds(): pulumi.Output<Readonly<Record<string, number>>> {
    return this.ids.apply((ids: Readonly<Record<string, string>> | undefined) => {
      const numbers = Object.entries(ids ?? {}).map(([key, id]) => [key, /\/hooks\/(\d+)$/.exec(id)?.[1]] as const);
      return Object.fromEntries(numbers.flatMap(([key, text]) => (text === undefined ? [] : [[key, Number(text)]])));
    });
  }
}

type Args = Readonly<Record<string, unknown>>;

function requireFleetable(definition: Definition, { id, import: adopting }: pulumi.CustomResourceOptions): void {
  if (!isFleetable(definition)) throw runError(`${className(definition)} cannot be used in a Fleet.`);
  if (adopting === undefined && id === undefined) return;
  throw runError(
    "A Fleet does not accept the options import and id: it imports objects that equal an entry. To import an object that " +
      `differs, first declare a ${className(definition)} with { import }, then move it into the fleet.`,
  );
}

/**
 * The entries whose arguments the program can see already.
 *
 * @throws pulumi.RunError for entries of which one would get lost on the way to the engine
 */
function plainEntries(owner: string, entries: unknown): readonly (readonly [string, Args])[] {
  if (isPending(entries)) return [];
  // What is written `{ __proto__: ... }` is no entry, but what the map inherits from.
  if (!isPlainMap(entries)) throw runError(`${owner}: entries must be a plain object.`);
  for (const key of Object.keys(entries)) {
    const loss = lossOf(key);
    if (loss !== undefined) throw runError(`${owner} ${entryPath(key)}: ${loss}.`);
  }
  return Object.entries(entries).flatMap(([key, args]) => (isPlainMap(args) ? [[key, args]] : []));
}

function propsOf(definition: Definition, entries: unknown, opts: pulumi.CustomResourceOptions): pulumi.Inputs {
  const marked = (args: unknown) => (isPlainMap(args) ? withSecrets(definition, args) : checked(args, opts));
  const given = isPlainMap(entries)
    ? asText(Object.fromEntries(Object.entries(entries).map(([key, args]) => [key, marked(args)])))
    : checked(entries, opts);
  return {
    entries: given,
    // An output exists only when its name is among the props, even as undefined.
    ids: undefined,
    ...(opts.retainOnDelete === true ? { __retain: true } : {}),
    __provider: providerText({ name: fleetName(definition) }),
  };
}

function exclusiveProps(definition: Definition, given: Args, asker: () => unknown): pulumi.Inputs {
  const args = exclusiveArgs(given);
  if (args.exclusive === undefined) return args;
  const stack = `${pulumi.getProject()}/${pulumi.getStack()}`;
  const isPreview = pulumi.runtime.isDryRun();
  const hint = managedIds(definition, asker).then(({ ids, isComplete }): RunHint => {
    return { isPreview, stack, managed: ids, isComplete };
  });
  return { ...args, [runHintName]: hint };
}

/**
 * What is inside an Output, the check marks: wrapped as a whole, a preview would not show what changes in it. Where a
 * preview does not know how to reach GitLab there is no check, and wrapped it is all the same.
 */
function checked(value: unknown, opts: pulumi.CustomResourceOptions): unknown {
  const provider = opts.provider ?? opts.parent?.getProvider("pulumi-nodejs:dynamic:Resource");
  if (!isPending(value) || !(provider instanceof Provider)) return value;
  const settings = pulumi.output(argsOfProvider(provider));
  return pulumi.output(isKnown(settings).then((known): unknown => (known ? value : pulumi.secret(value))));
}

/** In unit tests of programs, the IDs that a mock gives; where it gives none, IDs of the right form for every key. */
function mockIds(definition: Definition, given: pulumi.Output<unknown>, entries: unknown): pulumi.Output<unknown> {
  const known = pulumi.all([given, entries]) as pulumi.OutputInstance<
    readonly [unknown, Readonly<Record<string, Args>>]
  >;
  return known.apply(([ids, all]) => {
    if (ids !== undefined) return ids;
    return Object.fromEntries(
      Object.entries(all).map(([key, args], index) => {
        const scope = scopeOf(definition, args) ?? "project";
        const parent = parentText(scope, args[scope]) ?? "1";
        return [key, formatId(definition, { scope, parent, key: index + 1 })];
      }),
    );
  });
}

function scopeOf({ scopes }: Definition, args: Args): Scope | undefined {
  return scopes.find((scope) => args[scope] !== undefined);
}

function optionsOf(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  return { ...opts, additionalSecretOutputs: ["__entries", ...(opts.additionalSecretOutputs ?? [])] };
}
