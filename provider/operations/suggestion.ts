/** No name is longer, and what is compared must end. */
const longest = 64;

/**
 * The name that a misspelt one most likely means.
 *
 * @returns undefined when none is near enough to be a help
 */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const given = name.toLowerCase().slice(0, longest);
  const limit = Math.max(2, Math.floor(given.length / 3));
  const ranked = names
    .map((candidate) => ({ candidate, distance: distance(given, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= limit ? best.candidate : undefined;
}

/** Levenshtein's: the fewest letters to insert, delete or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const changed = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
