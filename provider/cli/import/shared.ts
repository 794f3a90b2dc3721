import { fieldsOf } from "../../core/schema";
import { parseUrl } from "../../core/parse-url";
import type { Imported } from "./imported";
import { camelled, UniqueNames } from "./names";

/** A shorter text reads better where it stands. */
const shortest = 6;

/** Words that the program uses itself. */
const reserved = ["config", "gitlab", "group", "project", "pulumi", "const", "new", "import", "default"];

/**
 * The texts that stand in several resources, each with the name of the constant that holds it.
 *
 * @returns names by field and text, as {@link sharedKey} joins them
 */
export function sharedTexts(all: readonly Imported[]): ReadonlyMap<string, SharedText> {
  const uses = new Map<string, { field: string; text: string; count: number }>();
  for (const { sighting, given } of all) {
    const infos = fieldsOf(sighting.definition.fields);
    for (const [field, argument] of given) {
      if (argument.kind !== "plain" || typeof argument.value !== "string") continue;
      if (infos.get(field)?.type !== "text" || argument.value.length < shortest) continue;
      const key = sharedKey(field, argument.value);
      const use = uses.get(key) ?? { field, text: argument.value, count: 0 };
      uses.set(key, { ...use, count: use.count + 1 });
    }
  }
  const names = new UniqueNames(reserved);
  const several = [...uses].filter(([, use]) => use.count > 1);
  const named = several.map(
    ([key, { field, text }]) => [key, { name: names.take(nameOf(field, text)), text }] as const,
  );
  return new Map(named.sort(([, one], [, other]) => (one.name < other.name ? -1 : 1)));
}

/** A text that several resources share. */
export interface SharedText {
  /** The constant's. */
  readonly name: string;
  readonly text: string;
}

/** What tells one shared text from another: the same text in two fields means two things. */
export function sharedKey(field: string, text: string): string {
  return `${field} ${text}`;
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

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
