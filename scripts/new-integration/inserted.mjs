/**
 * A text with a piece before the first of its parts that comes after it in the order of the slugs, or at the end.
 *
 * @param pattern finds a part, with its slug as the first group
 */
export function inserted(text, { slug, text: piece, end }, pattern) {
  const next = [...text.matchAll(pattern)].find(([, other]) => other > slug);
  const at = next?.index ?? text.length - end.length;
  return text.slice(0, at) + piece + text.slice(at);
}
