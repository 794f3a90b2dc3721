/** What means itself to a POSIX shell, wherever it stands. */
const plain = /^[\w./][\w./:@%+=,-]*$/;

/** A text as one word of a POSIX shell, as it is where that is safe: `it's here` is `'it'\''s here'`. */
export function shellWord(text: string): string {
  return plain.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
