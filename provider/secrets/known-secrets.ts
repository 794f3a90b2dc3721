import type { Definition } from "../core/definition";
import { fieldsOf } from "../core/schema";
import { isObject } from "../core/json";
import { redacted } from "./redact";
import { unknownValue, hiddenValue } from "../core/unknown";
import { SecretMatcher, type Replacement } from "./matcher";

type Props = Readonly<Record<string, unknown>>;

/** A shorter secret of one resource may be a word in what is said of another. */
const shortest = 8;

/** The secrets of every resource that this process has heard of. */
const held = new SecretMatcher("[secret]");

/**
 * Notes the secrets among arguments or outputs: from now on {@link withoutSecrets} takes them out.
 *
 * @param given of objects of the definition, or the arguments of fleets of them
 */
export function noteSecrets(definition: Definition, ...given: readonly Props[]): void {
  const names = [...fieldsOf(definition.fields).values()].filter((info) => info.secret).map(({ name }) => name);
  for (const props of given.flatMap(objectsIn)) {
    for (const name of names) {
      for (const text of textsIn(props[name])) if (text.trim().length >= shortest) held.add(text);
    }
  }
}

/** The arguments themselves, or those of each entry of a fleet. */
function objectsIn(props: Props): readonly Props[] {
  return isObject(props.entries) ? Object.values(props.entries).filter(isObject) : [props];
}

/** A text without any secret of any resource: GitLab may name one object in its answer about another. */
export function withoutSecrets(text: string): string {
  return redacted(text, [], held);
}

/**
 * A server's message with every text that the program gave replaced by its field's name in brackets, whether the field is
 * a secret or not: only the program knows which of its values it marked as one. Secrets of other resources go too.
 *
 * Where an object lives is a name and stays, and so does a value out of a closed list.
 */
export function redact(message: string, definition: Definition, ...given: readonly Props[]): string {
  // All at once: where a message is cut, the longest of them tells what was there.
  return redacted(message, valuesOf(definition, given), held);
}

function* valuesOf(definition: Definition, given: readonly Props[]): Generator<Replacement> {
  for (const props of given) {
    for (const [name, info] of fieldsOf(definition.fields)) {
      if (info.type === "enum") continue;
      for (const text of textsIn(props[name])) yield [text, `[${name}]`];
    }
  }
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") {
    if (value.trim() !== "" && value !== unknownValue && value !== hiddenValue) yield value;
  } else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) yield* textsIn(item);
  }
}
