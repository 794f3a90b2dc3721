import { LAST_MARKED, SPELLINGS } from "../facts/transliteration";

const MARKS = /\p{M}/gu;

/**
 * A text as Rails makes a part of a path of it: in ASCII and small letters, with a `-` for everything that is no letter,
 * digit, `-` or `_`. A character that Rails has no spelling for counts as such too.
 */
export function parameterize(text: string): string {
  return transliterate(text)
    .replace(/[^\w-]+/g, "-")
    .replace(/-{2,}/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}

const transliterate = (text: string): string => text.normalize("NFC").replace(/\P{ASCII}/gu, spelling);

function spelling(letter: string): string {
  const known = SPELLINGS[letter];
  if (known !== undefined) return known;
  const plain = letter <= LAST_MARKED ? letter.normalize("NFD").replace(MARKS, "") : letter;
  return plain <= "\u007f" ? plain : "?";
}
