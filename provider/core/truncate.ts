/** The most characters of a given text that a message shows. */
const most = 100;

/** A given name as a message shows it: not all of a long one, and without characters that break a line or hide text. */
export function truncate(text: string): string {
  const characters = Array.from(text.slice(0, 2 * most));
  const start = characters.slice(0, most).join("");
  const shown = start.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return start.length < text.length ? `${shown}…` : shown;
}
