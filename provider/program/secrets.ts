import * as pulumi from "@pulumi/pulumi";
import { className, type Definition } from "../core/definition";
import { fieldsOf, noProto } from "../core/schema";
import { asText, isPending, isPlainMap } from "./plain-arguments";
import { isGiven, isWhole, repeatsOf, type WholeRepeat } from "../secrets/repeated-outputs";

/** Arguments by name, each a plain value or an Output. */
type Args = Readonly<Record<string, unknown>>;

/** @throws Error for a key that JavaScript, and so the way to the engine, loses without a word */
function requireCarried(definition: Definition, args: Args): void {
  const own = [["", args] as const, ...Object.entries(args).map(([name, value]) => [`${name}: `, value] as const)];
  const at = own.find(([, value]) => isPlainMap(value) && Object.hasOwn(value, "__proto__"));
  if (at) throw new Error(`${className(definition)}: ${at[0]}${noProto}`);
}

/**
 * Arguments whose secret values are marked as such. The provider's check marks them all; but while a provider's own
 * configuration is not known, a preview comes without a check.
 *
 * @throws Error for arguments that would not arrive as they are
 */
export function withSecrets(definition: Definition, args: Args): Record<string, unknown> {
  requireCarried(definition, args);
  const marked = Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, isPlainMap(value) ? asText({ ...value }) : value]),
  );
  for (const [name, info] of fieldsOf(definition.fields)) {
    const value = args[name];
    if (!isGiven(value)) continue;
    if (info.secret) marked[name] = wrapped(value);
    // By its place alone an item of a list is known as a secret, and on GitLab others may come before it.
    else if (Array.isArray(value) && value.some(isPending)) marked[name] = pulumi.output(value as unknown);
  }
  return marked;
}

/** A plain map keeps its keys visible: only its values are secret. */
function wrapped(value: unknown): unknown {
  if (!isPlainMap(value)) return pulumi.secret(value);
  return asText(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pulumi.secret(item)])));
}

/** The names of the outputs that are secrets, as far as that is known at once. */
export function secretOutputs(definition: Definition, args: Args): string[] {
  const fields = [...fieldsOf(definition.fields).values()]
    .filter((info) => info.secret && !isPlainMap(args[info.name]) && !(info.meta.keysOnly && args[info.name] == null))
    .map((info) => info.name);
  return [...fields, ...definition.outputs.filter((output) => output.secret).map((output) => output.name)];
}

/**
 * The names of the outputs that say what an argument says which is a secret.
 *
 * @returns undefined where no such argument can be one
 */
export function secretRepeats(definition: Definition, args: Args): Promise<string[]> | undefined {
  const candidates = repeatsOf(definition).filter(({ argument }) => mayBeSecret(args[argument]));
  if (candidates.length === 0) return undefined;
  const names = candidates.map(async ({ output, argument }) => {
    // An argument that fails is told of where it is sent.
    const isSecret = await pulumi.isSecret(pulumi.output(args[argument])).catch(() => false);
    return isSecret ? [output] : [];
  });
  return Promise.all(names).then((all) => [...new Set(all.flat())]);
}

function mayBeSecret(value: unknown): boolean {
  return isPending(value) || (Array.isArray(value) && value.some(isPending));
}

/** Lets a resource have the outputs that the state leaves out, each worked out of the argument that it repeats. */
export function defineRepeats(definition: Definition, made: object): void {
  const repeats = repeatsOf(definition).filter(isWhole);
  // What the state has, before any of it is replaced: two outputs may repeat each other.
  const stored: Readonly<Record<string, unknown>> = repeats.length > 0 ? { ...made } : {};
  for (const repeat of repeats) {
    let combined: pulumi.Output<unknown> | undefined;
    const get = () => (combined ??= withArgument(stored, repeat));
    Object.defineProperty(made, repeat.output, { get, enumerable: true, configurable: true });
  }
}

function withArgument(stored: Args, { output, argument, from }: WholeRepeat): pulumi.Output<unknown> {
  const [own, source] = [stored[output], stored[argument]] as pulumi.Output<unknown>[];
  if (!own || !source) return pulumi.output(own);
  const derived = source.apply((given) => (isGiven(given) ? from(given) : undefined));
  const either = own.apply((value) => (isGiven(value) ? value : derived));
  // In a preview, what the state leaves out counts as not known yet, while the argument may be known.
  return pulumi.output(isKnown(own).then((known) => (known ? either : derived)));
}

/** Whether the value of an output is known, for which the SDK has no public name. */
export function isKnown(output: unknown): Promise<boolean> {
  const { isKnown: known } = output as { readonly isKnown?: Promise<boolean> };
  return known ?? Promise.resolve(true);
}
