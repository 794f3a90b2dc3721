import type { Definition } from "../core/definition";
import { unseenIn } from "../operations/state/outputs";
import type { Entries } from "./state";
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

/** What a fleet says of objects that it took without having made them. */
export function takenOver(definition: Definition, entries: Entries, keys: readonly string[]): string {
  const taken = [...keys].sort().map((key) => ({ key, entry: entries.get(key) }));
  const unseen = [...new Set(taken.flatMap(({ entry }) => unseenIn(definition, entry?.outputs ?? {})))];
  const lost =
    unseen.length > 0 ? ` GitLab does not return ${unseen.join(", ")}: the previous values are overwritten.` : "";
  const end =
    definition.undeletable === undefined
      ? " Removing an entry or destroying the fleet deletes its object, even if something else created it."
      : "";
  const lines = taken.slice(0, mostLines - 2).map(({ key, entry }) => `${key}: ${entry?.id ?? ""}`);
  const rest = taken.length - lines.length;
  const head = `${counted(definition, keys.length)} already on GitLab, equal in everything that GitLab shows: taken over.${lost}${end}`;
  return [head, ...lines, ...(rest > 0 ? [`and ${formatted(rest)} more`] : [])].join("\n  ");
}

function textOf({ sign, key, about }: Item): string {
  return about === undefined || about === "" ? `${sign} ${key}` : `${sign} ${key} (${about})`;
}
