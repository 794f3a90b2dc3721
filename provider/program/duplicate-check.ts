import * as pulumi from "@pulumi/pulumi";
import { parentText } from "../core/parent-ref";
import { formatId, parseId } from "../core/id";
import { isSingleton, type Definition } from "../core/definition";
import { fieldsOf } from "../core/schema";
import { perProgram } from "./per-program";
import { runError } from "./run-error";

/** The resource of the program that takes a place, by the place. */
const takenPlaces = perProgram(() => new Map<string, string>());
const providers = new WeakMap<object, number>();
let providerCount = 0;

/**
 * Notes which places a resource takes, as far as its arguments are plain values.
 *
 * @param owner the resource as messages name it
 * @throws pulumi.RunError when another resource of this program takes one of them on the same GitLab
 */
export function checkDuplicates(
  definition: Definition,
  owner: string,
  args: Readonly<Record<string, unknown>>,
  opts: pulumi.CustomResourceOptions,
): void {
  const taken = takenPlaces();
  if (!taken) return;
  const gitlab = providerKey(opts);
  for (const slot of slotsOf(definition, args, opts.import)) {
    const key = `${gitlab}\n${slot.key}`;
    const other = taken.get(key);
    if (other !== undefined) throw runError(`${owner} and ${other} ${slot.clash}`);
    taken.set(key, owner);
  }
}

interface Slot {
  /** The same for all that mean one place to GitLab. */
  readonly key: string;
  /** Ends the sentence "A and B ...". */
  readonly clash: string;
}

const remove = "Remove one of them from the program.";

function slotsOf(definition: Definition, args: Readonly<Record<string, unknown>>, adopting: unknown): Slot[] {
  const scope = definition.scopes.find((candidate) => args[candidate] !== undefined && args[candidate] !== null);
  const parent = scope && parentText(scope, args[scope]);
  const slots = (definition.places?.(args) ?? []).map(({ text, key }) => ({
    key: `${definition.path} ${key}`,
    clash: `both create ${text}: only one can exist. ${remove}`,
  }));
  // To GitLab, a path means the same in capitals.
  const add = (key: string, clash: string) => slots.push({ key: key.toLowerCase(), clash });
  if (definition.scopes.length === 0 && !definition.parentKind) {
    add(definition.path, `both manage ${definition.path}: a token's user has only one. ${remove}`);
  }
  if (scope && parent !== undefined && isSingleton(definition)) {
    const id = formatId(definition, { scope, parent });
    add(id, `both manage ${id}: a ${scope} has only one. ${remove}`);
    // GitLab checks its one active issue tracker on projects only.
    if (definition.exclusive && scope === "project") {
      const clash = `are each ${definition.exclusive} of project ${parent}, which can have only one. ${remove}`;
      add(`${scope}/${parent}/${definition.exclusive}`, clash);
    }
  }
  const names = fieldsOf(definition.fields).get(definition.idFromArgument ?? "")?.meta.names;
  const other = parentText(names?.scope ?? "group", definition.idFromArgument && args[definition.idFromArgument]);
  if (scope && parent !== undefined && other !== undefined) {
    const id = formatId(definition, { scope, parent }) + other;
    add(id, `both manage ${id}: there is only one. ${remove}`);
  }
  const adopted = typeof adopting === "string" ? parseId(definition, adopting, scope) : undefined;
  if (adopted) {
    const id = formatId(definition, adopted);
    add(`import ${id}`, `both import ${id}: only one resource can manage it.`);
  }
  return slots;
}

/** The same path on two GitLabs is no clash, so the key tells providers apart. */
export function providerKey(opts: pulumi.CustomResourceOptions): string {
  const provider = opts.provider ?? opts.parent?.getProvider("pulumi-nodejs:dynamic:Resource");
  if (!provider) return "default";
  const number = providers.get(provider) ?? ++providerCount;
  providers.set(provider, number);
  return `provider ${number}`;
}
