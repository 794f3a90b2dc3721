import * as pulumi from "@pulumi/pulumi";
import { checkDuplicates } from "./duplicate-check";
import { className, isSingleton, isSlot, providerText, typeToken, type Definition } from "../core/definition";
import { fieldsOf, type Scope } from "../core/schema";
import { checkInstallation } from "./installation";
import { noteManaged } from "./managed-ids";
import { requireObject, type NoOutput } from "./plain-arguments";
import { previewHint } from "./preview-hint";
import { defineRepeats, secretOutputs, secretRepeats, withSecrets } from "./secrets";

// The names of these types are what the compiler says of arguments that are not right: no value has such a type. Their
// properties are symbols, so that no editor proposes them.
declare const instead: unique symbol;
declare const projectOrGroup: unique symbol;

/** What the compiler says where a class is given a group that takes a project. */
export interface GiveProjectInsteadOfGroup {
  readonly [instead]: never;
}
/** What the compiler says where a class is given a project that takes a group. */
export interface GiveGroupInsteadOfProject {
  readonly [instead]: never;
}
/** What the compiler says where both are given. */
export interface GiveProjectOrGroupAndNotBoth {
  readonly [instead]: never;
}
/** What the compiler says where neither is given. */
export interface GiveProjectOrGroup {
  readonly [projectOrGroup]: never;
  project?: never;
  group?: never;
}

/** A project, as an argument. */
export interface NamedProject {
  /**
   * The project: its numeric ID, its full path (`acme/shop`), or the ID of a project resource.
   *
   * Changing the project replaces the resource. Writing the same project in another way changes nothing.
   */
  project: pulumi.Input<string | number>;
}

/** A group, as an argument. */
export interface NamedGroup {
  /**
   * The group: its numeric ID or its full path (`acme/platform`).
   *
   * Changing the group replaces the resource. Writing the same group in another way changes nothing.
   */
  group: pulumi.Input<string | number>;
}

/** The project of a resource that lives in projects only. */
export interface ProjectArg extends NamedProject {
  /** Not for this class: give `project`. */
  group?: GiveProjectInsteadOfGroup | undefined;
}

/** The group of a resource that lives in groups only. */
export interface GroupArg extends NamedGroup {
  /** Not for this class: give `group`. */
  project?: GiveGroupInsteadOfProject | undefined;
}

/** A project and no group. */
export interface InProject extends NamedProject {
  group?: GiveProjectOrGroupAndNotBoth | undefined;
}

/** A group and no project. */
export interface InGroup extends NamedGroup {
  project?: GiveProjectOrGroupAndNotBoth | undefined;
}

/** The arguments of a resource with settings `S` that lives in a project or in a group. */
export type InProjectOrGroup<S> = (S & InProject) | (S & InGroup) | (S & GiveProjectOrGroup);

/** The outputs that identify the project of an object. */
export interface ProjectOutputs {
  /** The project as written in the program. */
  readonly project: pulumi.Output<string | number>;
  /** The project's numeric ID. */
  readonly projectId: pulumi.Output<number>;
  /** The project's full path when it was last looked up. */
  readonly projectPath: pulumi.Output<string>;
}

/** The outputs that identify the group of an object. */
export interface GroupOutputs {
  /** The group as written in the program. */
  readonly group: pulumi.Output<string | number>;
  /** The group's numeric ID. */
  readonly groupId: pulumi.Output<number>;
  /** The group's full path when it was last looked up. */
  readonly groupPath: pulumi.Output<string>;
}

/** The outputs of a resource that lives in a project or in a group. */
export type ProjectOrGroupOutputs = {
  readonly [K in keyof (ProjectOutputs & GroupOutputs)]: pulumi.Output<
    pulumi.Unwrap<(ProjectOutputs & GroupOutputs)[K]> | undefined
  >;
};

/**
 * A class of resources, made from a definition by {@link resource}: it declares one. It throws a pulumi.RunError when
 * another resource of the program manages the same object, and if the arguments as a whole are an Output.
 */
export interface ResourceClass<A, O> {
  // Without a comment of its own: editors then show the one of the class, with its example.
  new (
    /** Its name in the stack. */
    name: string,
    /** Its arguments: an object, of which each property may be an Output. */
    args: A & NoOutput,
    /** Pulumi's options; `import` imports an existing object. */
    opts?: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource & O;
  /**
   * Reads an existing object without managing it. Reading fails if it does not exist.
   *
   * @param id its ID, in any form that `import` takes
   */
  get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): pulumi.CustomResource & O;
  /** Whether a value is a resource of this class, also when another copy of the package made it. */
  isInstance(value: unknown): value is pulumi.CustomResource & O;
  /** What shared code knows of the class. */
  readonly definition: Definition;
}

/** Makes the class of a definition. `A` are its arguments, `O` its outputs. */
export function resource<A, O>(definition: Definition): ResourceClass<A, O> {
  const type = typeToken(definition);
  const made = class extends pulumi.CustomResource {
    static readonly definition = definition;

    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions) {
      // `this` and not the class itself, so that what `get` returns is an instance of the exported class.
      return new this(name, {}, { ...opts, id });
    }

    static override isInstance(value: unknown): value is pulumi.CustomResource {
      return pulumi.CustomResource.isInstance(value) && (value as { __pulumiType?: unknown }).__pulumiType === type;
    }

    constructor(name: string, args: Readonly<Record<string, unknown>>, opts: pulumi.CustomResourceOptions = {}) {
      checkInstallation();
      const owner = `${className(definition)} "${name}"`;
      requireObject(owner, args);
      if (opts.id === undefined) checkDuplicates(definition, owner, args, opts);
      const options = optionsOf(definition, args, opts);
      const { stackTraceLimit } = Error;
      // For each output the SDK makes four promises, and for each promise a stack trace that nobody reads in the end: with
      // all the outputs of these resources, that would take most of a program's time.
      Error.stackTraceLimit = 0;
      try {
        const props = propsOf(definition, args, opts.import, options.additionalSecretOutputs);
        if (opts.id === undefined) {
          props.__resource = resourceName(className(definition), name, opts);
          Object.assign(props, previewHint(definition, owner, args, opts));
        }
        super(type, name, props, options);
      } catch (error) {
        Error.stackTraceLimit = stackTraceLimit;
        if (error instanceof Error) Error.captureStackTrace(error);
        throw error;
      } finally {
        Error.stackTraceLimit = stackTraceLimit;
      }
      defineRepeats(definition, this);
      if (!isSingleton(definition)) noteManaged(definition, this.id, args, opts);
      if (opts.id === undefined) warnOf(definition, args, opts, this);
    }
  };
  return made as unknown as ResourceClass<A, O>;
}

/** The names of all outputs: the fields, where the object lives, and what only GitLab sets. */
export function outputNames(definition: Definition): readonly string[] {
  const scoped = definition.scopes.flatMap((scope: Scope) => [scope, `${scope}Id`, `${scope}Path`]);
  const further = definition.outputs.map((output) => output.name);
  const own = definition.idOutputName === undefined ? [] : [definition.idOutputName];
  return [...scoped, ...fieldsOf(definition.fields).keys(), ...own, ...further];
}

function propsOf(
  definition: Definition,
  args: Readonly<Record<string, unknown>>,
  adopting: unknown,
  secrets: string[],
): Record<string, unknown> {
  // An output exists only when its name is among the props, even as undefined.
  const props: Record<string, unknown> = Object.fromEntries(outputNames(definition).map((name) => [name, undefined]));
  Object.assign(props, withSecrets(definition, args));
  props.__provider = providerText(definition);
  const repeats = secretRepeats(definition, args);
  if (repeats) {
    // Whether an argument is a secret comes out later. The SDK reads the list when all that is sent is known.
    const noted = repeats.then((names) => void secrets.push(...names));
    props.__provider = pulumi.output(noted.then(() => providerText(definition)));
  }
  if (adopting !== undefined) props.__import = adopting;
  return props;
}

/** A resource as messages name it: `ProjectHook "deploys" in StandardProject "shop"`. */
export function resourceName(kind: string, name: string, { parent }: pulumi.CustomResourceOptions): string {
  const named = parent as { readonly __pulumiType?: string; readonly __name?: string } | undefined;
  const own = `${kind} ${JSON.stringify(name)}`;
  if (named?.__name === undefined || named.__pulumiType === undefined) return own;
  if (named.__pulumiType === "pulumi:pulumi:Stack") return own;
  return `${own} in ${named.__pulumiType.split(":").at(-1) ?? ""} ${JSON.stringify(named.__name)}`;
}

function optionsOf(
  definition: Definition,
  args: Readonly<Record<string, unknown>>,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions & { additionalSecretOutputs: string[] } {
  // The engine's own import reads without our code, which cannot work; ours travels as an input.
  const rest = { ...opts };
  delete rest.import;
  return {
    // One per place: making the second before the first is deleted would fail, or end with nothing.
    ...(isSlot(definition) || definition.parentKind ? { deleteBeforeReplace: true } : {}),
    ...rest,
    additionalSecretOutputs: [
      ...new Set([...secretOutputs(definition, args), ...(rest.additionalSecretOutputs ?? [])]),
    ],
  };
}

function warnOf(
  definition: Definition,
  args: Readonly<Record<string, unknown>>,
  opts: pulumi.CustomResourceOptions,
  made: pulumi.Resource,
): void {
  for (const text of [...optionWarnings(opts), ...argumentWarnings(definition, args)]) void pulumi.log.warn(text, made);
}

/** What to know of options that have no effect here. */
export function optionWarnings(opts: pulumi.CustomResourceOptions): string[] {
  const warnings: string[] = [];
  if (opts.replaceOnChanges) warnings.push("replaceOnChanges has no effect on resources of pulumi-gitlab-dynamic.");
  if (opts.customTimeouts) {
    warnings.push("customTimeouts has no effect on resources of pulumi-gitlab-dynamic; set gitlab:timeout instead.");
  }
  return warnings;
}

/** What to know of arguments that are there. */
export function argumentWarnings(definition: Definition, args: Readonly<Record<string, unknown>>): string[] {
  const given = [...fieldsOf(definition.fields)].filter(([name]) => args[name] !== undefined && args[name] !== null);
  return given.flatMap(([name, info]) => {
    if (info.meta.deprecated) return [`${name} is deprecated: ${info.meta.deprecated}.`];
    return info.access === "ignored" ? [`${name} is documented, but GitLab's servers ignore it.`] : [];
  });
}
