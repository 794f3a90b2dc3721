import * as pulumi from "@pulumi/pulumi";
import { claimSlots } from "../clashes";
import { className, providerText, typeToken, type Definition } from "../definition";
import { checkInstallation } from "../installation";
import { argumentWarnings, asText, isPlainMap, optionWarnings, withSecrets } from "../resource";
import { entryPath, fleetName, isFleetable, lossOf } from "./kinds";

/** A class of resources of which a {@link Fleet} can hold many, with arguments `A`. */
export interface FleetKind<A> {
  new (name: string, args: A, opts?: pulumi.CustomResourceOptions): pulumi.CustomResource;
  readonly definition: Definition;
}

/** A type that is not inferred from the value it describes, so that the class alone says what its entries can have. */
type Fixed<T> = [T][T extends unknown ? 0 : never];

/**
 * Many objects of one kind in a single resource: hooks, integrations, push rules, notification settings or shares of
 * thousands of projects or groups, at a fraction of what as many resources cost the engine.
 *
 * Each entry is what a resource of its own would be, under a key that the program chooses. A change touches the entries
 * that changed, a removed entry is deleted, one that moves to another project is made there anew, and the fleet itself is
 * never replaced. An object that is there already and equals an entry in all that GitLab shows is taken as that entry, so
 * that a run which was cut short goes on where it stopped. Entries that fail stop no others, and the next `pulumi up` does
 * just those.
 *
 * `ignoreChanges` reaches into entries: `entries["acme/shop"].url`. With `retainOnDelete`, the objects of removed entries
 * stay on GitLab.
 */
export class Fleet<A extends object = object> extends pulumi.CustomResource {
  /** The ID of every entry's object by its key: `projects/42/hooks/7`. */
  declare readonly ids: pulumi.Output<Readonly<Record<string, string>>>;

  /**
   * Declares the fleet.
   *
   * @param name its name in the stack
   * @param kind the class of its objects: `gitlab.ProjectHook`
   * @param entries the arguments of each object, by keys of the program's choice
   * @param opts Pulumi's options, but for `import`
   * @throws pulumi.RunError when something else in the program manages the same thing, or an entry would get lost
   */
  constructor(
    name: string,
    kind: FleetKind<A>,
    entries: Readonly<Record<string, Fixed<A>>>,
    opts: pulumi.CustomResourceOptions = {},
  ) {
    checkInstallation();
    const { definition } = kind;
    requireFleetable(definition, opts);
    const given = carriedEntries(`Fleet "${name}"`, entries);
    for (const [key, args] of given) claimSlots(definition, `Fleet "${name}" ${entryPath(key)}`, args, opts);
    super(typeToken({ name: fleetName(definition) }), name, propsOf(definition, given, opts), optionsOf(opts));
    const warnings = given.flatMap(([, args]) => argumentWarnings(definition, args));
    for (const text of new Set([...optionWarnings(opts), ...warnings])) void pulumi.log.warn(text, this);
  }

  /** The number of every entry's hook by its key; empty for other kinds. */
  get hookIds(): pulumi.Output<Readonly<Record<string, number>>> {
    return this.ids.apply((ids: Readonly<Record<string, string>> | undefined) => {
      const numbers = Object.entries(ids ?? {}).map(([key, id]) => [key, /\/hooks\/(\d+)$/.exec(id)?.[1]] as const);
      return Object.fromEntries(numbers.flatMap(([key, text]) => (text === undefined ? [] : [[key, Number(text)]])));
    });
  }
}

type Args = Readonly<Record<string, unknown>>;

function requireFleetable(definition: Definition, { id, import: adopting }: pulumi.CustomResourceOptions): void {
  if (!isFleetable(definition)) throw new pulumi.RunError(`There is no fleet of ${className(definition)}.`);
  if (adopting === undefined && id === undefined) return;
  throw new pulumi.RunError(
    "A Fleet takes no import and no id: it takes over what equals an entry by itself. To take over what differs, manage " +
      `it by a ${className(definition)} of its own with { import } first, and move that into the fleet.`,
  );
}

/** @throws pulumi.RunError for entries of which one would get lost on the way to the engine */
function carriedEntries(owner: string, entries: object): readonly (readonly [string, Args])[] {
  // What is written `{ __proto__: ... }` is no entry, but what the map inherits from.
  if (!isPlainMap(entries)) throw new pulumi.RunError(`${owner}: entries must be a plain object, by key.`);
  const given = Object.entries(entries as Readonly<Record<string, Args>>);
  for (const [key] of given) {
    const loss = lossOf(key);
    if (loss !== undefined) throw new pulumi.RunError(`${owner} ${entryPath(key)}: ${loss}.`);
  }
  return given;
}

function propsOf(
  definition: Definition,
  given: readonly (readonly [string, Args])[],
  { retainOnDelete }: pulumi.CustomResourceOptions,
): pulumi.Inputs {
  return {
    entries: asText(Object.fromEntries(given.map(([key, args]) => [key, withSecrets(definition, args)]))),
    // An output exists only when its name is among the props, even as undefined.
    ids: undefined,
    ...(retainOnDelete === true ? { __retain: true } : {}),
    __provider: providerText({ name: fleetName(definition) }),
  };
}

function optionsOf(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  return { ...opts, additionalSecretOutputs: ["__entries", ...(opts.additionalSecretOutputs ?? [])] };
}
