import type { Codec } from "./schema";

type Normalize = NonNullable<Codec["normalize"]>;

/** What a codec makes of a value of another type than it is for: nothing. */
function ofText(normalize: (text: string) => unknown): Normalize {
  return (value) => (typeof value === "string" ? normalize(value) : value);
}

function ofTexts(normalize: (texts: readonly string[]) => readonly string[]): Normalize {
  return (value) => (Array.isArray(value) && value.every(isText) ? normalize(value) : value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A text that GitLab keeps without spaces at its ends. */
export const trimmed: Codec = { normalize: ofText((text) => text.trim()) };

/** An address that GitLab keeps without slashes at its end. */
export const withoutEndSlashes: Codec = { normalize: ofText((text) => text.replace(/(?<!\/)\/+$/, "")) };

/** A text that is a list to GitLab: `split` gives its entries, whatever stands between them in the text. */
export function entriesIn(split: (text: string) => readonly string[]): Codec {
  return { normalize: ofText((text) => split(text).join("\n")) };
}

/** Texts of which GitLab keeps each once, without spaces at its ends, and none that is empty. */
export const uniqueTexts: Codec = { normalize: ofTexts((texts) => [...new Set(texts.map(trim).filter(isFilled))]) };

/**
 * Topics: several may stand in one entry with commas between. GitLab keeps each once, whatever its case, in the spelling
 * that the instance has for it, and in an order of its own.
 */
export const topicList: Codec = {
  normalize: ofTexts((texts) => {
    const names = texts.flatMap((text) => text.split(",")).map((name) => name.trim().toLowerCase());
    return [...new Set(names.filter(isFilled))].sort();
  }),
};

function trim(text: string): string {
  return text.trim();
}

function isFilled(text: string): boolean {
  return text !== "";
}
