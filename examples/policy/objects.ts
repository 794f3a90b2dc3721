// What the rules are about: every object on GitLab, whether it is a resource of its own or an entry of a fleet.
import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";

/** One object that a program manages. */
export interface ManagedObject {
  /** Its class: `ProjectHook`, `integrations.Slack`. */
  readonly kind: string;
  /** Its arguments. Reading one that only the `up` will know throws. */
  readonly args: Readonly<Record<string, unknown>>;
  /** Its key in a fleet; undefined for a resource of its own. */
  readonly entry?: string;
}

/** What breaks a rule, undefined when nothing does. It must not quote arguments: policies see secrets in clear. */
export type Rule = (object: ManagedObject, config: Readonly<Record<string, unknown>>) => string | undefined;

/** A policy that holds every object to a rule. */
export function validating(rule: Rule): ResourceValidation {
  return (resource, reportViolation) => {
    const config = resource.getConfig<Record<string, unknown>>();
    let failure: Error | undefined;
    for (const object of objectsOf(resource)) {
      try {
        const problem = rule(object, config);
        if (problem !== undefined)
          reportViolation(object.entry === undefined ? problem : `Entry ${JSON.stringify(object.entry)}: ${problem}`);
      } catch (error) {
        // An argument of this one is not known yet. That must not hide what is wrong with the others.
        failure ??= error as Error;
      }
    }
    if (failure !== undefined) throw failure;
  };
}

const prefix = "pulumi-nodejs:dynamic/gitlab";

/** The objects of a resource: one, or as many as a fleet has entries. None for resources of other packages. */
export function objectsOf({ type, props }: Pick<ResourceValidationArgs, "type" | "props">): readonly ManagedObject[] {
  if (!type.startsWith(`${prefix}:`) && !type.startsWith(`${prefix}/`)) return [];
  // What `get` reads has no arguments. It is in the state too, but the program does not answer for it.
  if (Object.keys(props).length === 0) return [];
  const kind = type.slice(prefix.length + 1).replace(/[/:]/g, ".");
  if (!kind.startsWith("fleet.")) return [{ kind, args: props }];
  const entries = props.entries as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  return Object.keys(entries).map((entry) => ({
    kind: kind.slice("fleet.".length),
    entry,
    get args() {
      return entries[entry] ?? {};
    },
  }));
}

/** Whether an argument is given, also when its value is not known yet. */
export function isGiven({ args }: ManagedObject, name: string): boolean {
  if (!Object.hasOwn(args, name)) return false;
  try {
    return args[name] !== undefined && args[name] !== null && args[name] !== "";
  } catch {
    return true;
  }
}
