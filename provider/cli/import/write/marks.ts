/**
 * A text with lines added above the one that says so.
 *
 * @returns undefined where no line says so: a person has removed it
 */
export function addedAbove(text: string, mark: string, added: readonly string[]): string | undefined {
  const lines = text.split("\n");
  const index = lines.findIndex((line) => line.trim() === mark);
  const found = lines[index];
  if (found === undefined) return undefined;
  const indent = /^\s*/.exec(found)?.[0] ?? "";
  const ending = found.endsWith("\r") ? "\r" : "";
  return lines.toSpliced(index, 0, ...added.map((line) => `${indent}${line}${ending}`)).join("\n");
}
