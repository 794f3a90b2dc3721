import { fieldsOf } from "../../../core/schema";
import { parseUrl } from "../../../core/parse-url";
import type { Definition } from "../../../core/definition";
import { camelled, decoded, type UniqueNames } from "../model/names";
import type { Value } from "./values";

/** A shorter text reads better where it stands. */
const shortest = 12;
/** Less often, a text reads better where it stands too. */
const fewest = 3;

/** An argument that is written in the program. */
export interface Use {
  readonly definition: Definition;
  readonly field: string;
  readonly value: Value;
}

/** A text that several resources share. */
export interface SharedText {
  /** The constant's. */
  readonly name: string;
  readonly text: string;
}

/**
 * The long texts that one argument of one class has in several places, each with the name of the constant that holds it:
 * the same text in another argument means something else.
 *
 * @returns them by class, field and text, as {@link sharedKey} joins them
 */
export function sharedTexts(all: readonly Use[], names: UniqueNames): ReadonlyMap<string, SharedText> {
  const uses = new Map<string, { field: string; text: string; count: number }>();
  for (const { definition, field, value } of all) {
    if (value.kind !== "plain" || typeof value.value !== "string") continue;
    if (fieldsOf(definition.fields).get(field)?.type !== "text" || value.value.length < shortest) continue;
    const key = sharedKey(definition, field, value.value);
    const use = uses.get(key) ?? { field, text: value.value, count: 0 };
    uses.set(key, { ...use, count: use.count + 1 });
  }
  const several = [...uses].filter(([, use]) => use.count >= fewest);
  const named = several.map(
    ([key, { field, text }]) => [key, { name: names.take(nameOf(field, text)), text }] as const,
  );
  return new Map(named.sort(([, one], [, other]) => (one.name < other.name ? -1 : 1)));
}

/** What tells one shared text from another. */
export function sharedKey({ name }: Pick<Definition, "name">, field: string, text: string): string {
  return `${name} ${field} ${text}`;
}

/** The most characters of a name that is made from an address. */
const longestName = 40;

/** An address is best known by itself: `ciAcmeDevHooksUrl`. */
function nameOf(field: string, text: string): string {
  const url = /^https?:/i.test(text) ? parseUrl(text) : undefined;
  const words = url ? [url.hostname.replace(/^www\./, ""), decoded(url.pathname)] : [];
  const all = camelled([...words, field]);
  const name = all.length > longestName ? camelled([...words.slice(0, 1), field]) : all;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : field;
}
