import * as pulumi from "@pulumi/pulumi";
import { parentText } from "./parent-ref";
import { formatId, parseId } from "./address";
import { isSingleton, type Definition } from "./definition";
import { fieldsOf } from "./fields";

type Slots = Map<string, string>;

// Keyed by the stack resource, which is new for every run also when a preview and an update share one process.
const programs = new WeakMap<object, Slots>();
const providers = new WeakMap<object, number>();
let providerCount = 0;

/**
 * Notes which places a resource takes, as far as its arguments are plain values.
 *
 * @param owner the resource as messages name it
 * @throws pulumi.RunError when another resource of this program takes one of them on the same GitLab
 */
export function claimSlots(
  definition: Definition,
  owner: string,
  args: Readonly<Record<string, unknown>>,
  opts: pulumi.CustomResourceOptions,
): void {
  const stack = pulumi.runtime.getStackResource() as object | undefined;
  if (!stack) return;
  const taken = programs.get(stack) ?? new Map<string, string>();
  programs.set(stack, taken);
  const gitlab = providerKey(opts);
  for (const slot of slotsOf(definition, args, opts.import)) {
    const key = `${gitlab}\n${slot.isExact === true ? slot.key : slot.key.toLowerCase()}`;
    const other = taken.get(key);
    if (other !== undefined) throw new pulumi.RunError(`${owner} and ${other} ${slot.clash}`);
    taken.set(key, owner);
  }
}

interface Slot {
  readonly key: string;
  /** Ends the sentence "A and B ...". */
  readonly clash: string;
  /** Whether keys that differ in case alone are two. */
  readonly isExact?: boolean;
}

function slotsOf(definition: Definition, args: Readonly<Record<string, unknown>>, adopting: unknown): Slot[] {
  const slots: Slot[] = [];
  const scope = definition.scopes.find((candidate) => args[candidate] !== undefined && args[candidate] !== null);
  const parent = scope && parentText(scope, args[scope]);
  for (const { text, isExact } of definition.places?.(args) ?? []) {
    const clash = `both make ${text}, of which there can be only one. Remove one of them from the program.`;
    slots.push({ key: `${definition.path} ${text}`, clash, isExact });
  }
  if (definition.scopes.length === 0 && !definition.itself) {
    const clash = `both manage ${definition.path}: the owner of a token has only one. Remove one of them from the program.`;
    slots.push({ key: definition.path, clash });
  }
  if (scope && parent !== undefined && isSingleton(definition)) {
    const id = formatId(definition, { scope, parent });
    slots.push({ key: id, clash: `both manage ${id}: a ${scope} has only one. Remove one of them from the program.` });
    // GitLab checks its one active issue tracker on projects only.
    if (definition.exclusive && scope === "project") {
      slots.push({
        key: `${scope}/${parent}/${definition.exclusive}`,
        clash: `are each ${definition.exclusive} of project ${parent}, which can have only one. Remove one of them from the program.`,
      });
    }
  }
  const key = definition.keyedBy && args[definition.keyedBy];
  const other = parentText(
    fieldsOf(definition.fields).get(definition.keyedBy ?? "")?.meta.names?.scope ?? "group",
    key,
  );
  if (scope && parent !== undefined && other !== undefined) {
    const id = formatId(definition, { scope, parent }) + other;
    slots.push({ key: id, clash: `both manage ${id}: there is only one. Remove one of them from the program.` });
  }
  const adopted = typeof adopting === "string" ? parseId(definition, adopting, scope) : undefined;
  if (adopted) {
    const id = formatId(definition, adopted);
    slots.push({ key: `import ${id}`, clash: `both take over ${id}: only one resource can manage it.` });
  }
  return slots;
}

/** The same path on two GitLabs is no clash, so the key tells providers apart. */
function providerKey(opts: pulumi.CustomResourceOptions): string {
  const provider = opts.provider ?? opts.parent?.getProvider("pulumi-nodejs:dynamic:Resource");
  if (!provider) return "default";
  const number = providers.get(provider) ?? ++providerCount;
  providers.set(provider, number);
  return `provider ${number}`;
}
