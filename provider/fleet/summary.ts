import type { Definition } from "../definition";
import { counted, formatted } from "./kinds";

/** The most lines, and the most keys and reasons, that one message has. */
export const mostLines = 20;

/** One entry of which there is something to say: it comes, changes or goes, and what about it. */
export interface Item {
  readonly sign: "+" | "~" | "-";
  readonly key: string;
  /** Names of arguments, or a word: `url, token`. */
  readonly about?: string | undefined;
}

/**
 * What happens to the entries of a fleet: `3 of 3,000 hooks: + acme/new  ~ acme/shop (url)  - acme/old`, on a line of its
 * own for each when they are more than a few.
 */
export function summary(definition: Definition, items: readonly Item[], total: number): string {
  const head = `${formatted(items.length)} of ${counted(definition, total)}:`;
  const texts = items.slice(0, mostLines - 2).map(textOf);
  const rest = items.length - texts.length;
  if (items.length <= 4) return [head, texts.join("  ")].join(" ");
  return [head, ...texts, ...(rest > 0 ? [`and ${formatted(rest)} more`] : [])].join("\n  ");
}

function textOf({ sign, key, about }: Item): string {
  return about === undefined || about === "" ? `${sign} ${key}` : `${sign} ${key} (${about})`;
}
