import { fieldsOf } from "./fields";
import type { Definition } from "./definition";

/**
 * A failure as a user reads it.
 *
 * The provider process prints an error's name and stack before the engine prints its message, so both are empty.
 */
export class ProviderError extends Error {
  override name = "";
  override stack = "";
}

/**
 * An object that exists on GitLab, while a later call of its create or update failed.
 *
 * The engine stores `properties` under `id` and prints `reasons`; the next `up` finishes the work.
 */
export class HalfMadeError extends ProviderError {
  constructor(
    readonly id: string,
    readonly properties: Readonly<Record<string, unknown>>,
    readonly reasons: readonly string[],
  ) {
    super(reasons.join("; "));
  }
}

/** The shortest value that is replaced wherever it stands; a shorter one only where it stands alone. */
const wordLength = 4;

/**
 * Replaces in a server's message every text that the program gave by its field's name in brackets.
 *
 * Where an object lives is a name and stays, and so does a value out of a closed list.
 */
export function redact(
  message: string,
  definition: Definition,
  ...given: readonly Readonly<Record<string, unknown>>[]
) {
  const found = new Map<string, string>();
  for (const args of given) {
    for (const [name, info] of fieldsOf(definition.fields)) {
      if (info.type === "enum") continue;
      for (const text of textsOf(args[name])) for (const form of formsOf(text)) found.set(form, name);
    }
  }
  const longestFirst = [...found].sort(([a], [b]) => b.length - a.length);
  const whole = withoutCutEnd(message, longestFirst);
  return longestFirst.reduce((text, [value, name]) => replaceAll(text, value, `[${name}]`), whole);
}

/** A long message ends where it was cut, perhaps in the middle of a value. */
function withoutCutEnd(message: string, values: readonly (readonly [string, string])[]): string {
  if (!message.endsWith("…")) return message;
  const text = message.slice(0, -1);
  const ends = values.map(([value, name]) => ({ name, length: overlap(text, value) }));
  const longest = ends.reduce((a, b) => (b.length > a.length ? b : a), { name: "", length: 0 });
  return longest.length < wordLength ? message : `${text.slice(0, -longest.length)}[${longest.name}]…`;
}

/** How many of a value's first characters a text ends with. */
function overlap(text: string, value: string): number {
  let length = Math.min(text.length, value.length);
  while (length > 0 && !text.endsWith(value.slice(0, length))) length--;
  return length;
}

function replaceAll(text: string, value: string, by: string): string {
  if (value.length >= wordLength) return text.split(value).join(by);
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_[])${escaped}(?![\\p{L}\\p{N}_\\]])`, "gu"), () => by);
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === "string") {
    if (value.trim() !== "") yield value;
  } else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) yield* textsOf(item);
  }
}

/** The spellings in which a server may echo a value. */
function formsOf(text: string): string[] {
  const trimmed = text.trim();
  const quoted = JSON.stringify(trimmed).slice(1, -1);
  // Error texts are brought to one line before they are shown.
  const line = trimmed.replace(/[\p{C}\p{Z}]+/gu, " ");
  const forms = [text, trimmed, line, trimmed.replace(/\/+$/, ""), quoted, encoded(trimmed), escapedForHtml(trimmed)];
  const lines = text.split(/\s+/).filter((line) => line.length >= wordLength);
  return [...new Set([...forms, ...lines, ...hostsOf(trimmed)])].filter((form) => form !== "");
}

/** A message about an address often names its host alone. */
function hostsOf(text: string): string[] {
  if (!URL.canParse(text)) return [];
  const { host, hostname, origin } = new URL(text);
  return [origin === "null" ? "" : origin, host, hostname];
}

function encoded(text: string): string {
  // A lone surrogate cannot be percent-encoded; a server cannot echo it that way either.
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

function escapedForHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
