import { styleText } from "node:util";

/** Where something is written to, as far as it matters for how it looks. */
export interface Output {
  readonly isTTY?: boolean;
  /** Whether colours can be shown; a terminal says no when `NO_COLOR` is set. */
  hasColors?(): boolean;
}

/** Whether an output takes plain text alone: a pipe, a terminal that can do nothing else, or one with `NO_COLOR`. */
export function isPlain(output: Output): boolean {
  return output.isTTY !== true || output.hasColors?.() !== true;
}

/** How a line is set off, by how it begins. */
const styles = [
  [/^Skipped /, "yellow"],
  [/^Wrote /, "green"],
  [/^Next:/, "bold"],
] as const;

/** The summary of a command, with what matters set off where that can be shown. */
export function styledLines(text: string, output: Output): string {
  if (isPlain(output)) return text;
  const lines = text.split("\n").map((line) => {
    const style = styles.find(([beginning]) => beginning.test(line))?.[1];
    // Whether it is wanted is known here; the check of `styleText` itself differs from Node to Node.
    return style === undefined ? line : styleText(style, line, { validateStream: false });
  });
  return lines.join("\n");
}
