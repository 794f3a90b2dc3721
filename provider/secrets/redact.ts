import { encodedFormsOf, wordLength } from "./encodings";
import type { SecretMatcher, Replacement } from "./matcher";

/**
 * Replaces values in a text, in every spelling in which a server may echo them, whole or where the text was cut.
 *
 * @param matcher more values, which many texts must not show
 */
export function redacted(message: string, values: Iterable<Replacement>, matcher?: SecretMatcher): string {
  const found = new Map<string, string>();
  for (const [value, by] of values) for (const form of encodedFormsOf(value, message.length)) found.set(form, by);
  const whole = withoutCutEnd(message, found, matcher);
  const there = [...found].filter(([form]) => whole.includes(form));
  const all = new Map([...(matcher?.within(whole) ?? []), ...there]);
  const longestFirst = [...all].sort(([a], [b]) => b.length - a.length);
  return longestFirst.reduce((text, [form, by]) => replaceAll(text, form, by), whole);
}

/** A long message ends where it was cut, perhaps in the middle of a value. */
function withoutCutEnd(message: string, forms: Iterable<Replacement>, matcher?: SecretMatcher): string {
  if (!message.endsWith("…")) return message;
  const text = message.slice(0, -1);
  let longest = { by: "", length: 0 };
  for (const [form, by] of [...forms, ...(matcher?.all(message) ?? [])]) {
    const length = overlap(text, form);
    if (length > longest.length) longest = { by, length };
  }
  return longest.length === 0 ? message : `${text.slice(0, -longest.length)}${longest.by}…`;
}

/** How many of a value's first characters a text ends with; 0 for fewer than a word. */
function overlap(text: string, value: string): number {
  const last = text.slice(-wordLength);
  const start = value.slice(0, text.length);
  for (let at = start.lastIndexOf(last); at >= 0; at = at === 0 ? -1 : start.lastIndexOf(last, at - 1)) {
    const length = at + wordLength;
    if (last.length === wordLength && text.endsWith(value.slice(0, length))) return length;
  }
  return 0;
}

function replaceAll(text: string, value: string, by: string): string {
  if (value.length >= wordLength) return text.replaceAll(value, () => by);
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_[])${escaped}(?![\\p{L}\\p{N}_\\]])`, "gu"), () => by);
}

/** A server's words without the user names and passwords of the addresses that they quote. */
export function stripCredentials(text: string): string {
  return text.replace(/\/\/[^\s/]*@/g, "//");
}
