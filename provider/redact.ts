import { parsedUrl } from "./parsed-url";

/** The shortest value that is replaced wherever it stands; a shorter one only where it stands alone. */
const wordLength = 4;
/** The shortest part of an address that is replaced by itself. Keys of webhooks are longer, words are shorter. */
const keyLength = 16;

/** The characters of a value that are looked at even for a shorter message, which may name a part of it. */
const longestWhole = 4096;

/** A value that must not be shown, and what stands in its place. */
export type Veiled = readonly [value: string, by: string];

/**
 * Replaces values in a text, in every spelling in which a server may echo them: as they are, trimmed, quoted,
 * percent-encoded, in base64, escaped for HTML, line by line, and of an address also its host and its longer parts.
 */
export function redacted(message: string, values: Iterable<Veiled>): string {
  const found = new Map<string, string>();
  for (const [value, by] of values) for (const form of formsOf(value, message.length)) found.set(form, by);
  const whole = withoutCutEnd(message, found);
  const there = [...found].filter(([form]) => whole.includes(form)).sort(([a], [b]) => b.length - a.length);
  return there.reduce((text, [form, by]) => replaceAll(text, form, by), whole);
}

/** A long message ends where it was cut, perhaps in the middle of a value. */
function withoutCutEnd(message: string, forms: ReadonlyMap<string, string>): string {
  if (!message.endsWith("…")) return message;
  const text = message.slice(0, -1);
  let longest = { by: "", length: 0 };
  for (const [form, by] of forms) {
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

/** Spellings of values that were asked for before: each error of a run is cleaned of the same ones. */
const remembered = new Map<string, ReadonlySet<string>>();
const mostRemembered = 5_000;

/** The spellings of a value, as far as they can stand in a message of some length. */
function formsOf(value: string, length: number): ReadonlySet<string> {
  if (value.length > longestWhole) return spellingsOf(value, length);
  const known = remembered.get(value);
  if (known) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const forms = spellingsOf(value, length);
  remembered.set(value, forms);
  return forms;
}

function spellingsOf(value: string, length: number): ReadonlySet<string> {
  const text = value.slice(0, Math.max(length, longestWhole));
  const trimmed = text.trim();
  // Error texts are brought to one line before they are shown.
  const line = trimmed.replace(/[\p{C}\p{Z}]+/gu, " ");
  const whole = [text, trimmed, line, trimmed.replace(/(?<!\/)\/+$/, "")];
  const lines = value
    .split(/[\r\n]+/)
    .map((part) => part.trim())
    .filter((part) => part.length >= wordLength);
  const forms = [...whole, ...lines, ...partsOf(trimmed), ...encodings(text), ...encodings(trimmed)];
  return new Set(forms.filter((form) => form !== ""));
}

/** A message about an address often names its host alone, and a key is a secret without the rest, too. */
function partsOf(text: string): string[] {
  const url = parsedUrl(text);
  if (!url) return [];
  const { host, hostname, origin, href, pathname, search, searchParams, password } = url;
  const parts = [`${pathname}${search}`, pathname, ...pathname.split("/"), ...searchParams.values()];
  const names = [origin === "null" ? "" : origin, host, hostname, href];
  return [...names, password, ...parts.filter((part) => part.length >= keyLength)];
}

function encodings(text: string): string[] {
  const bytes = Buffer.from(text);
  const quoted = JSON.stringify(text).slice(1, -1);
  // As Ruby's `inspect` writes it.
  const inspected = quoted.replace(/#(?=[{$@])/g, "\\#");
  const base64 = bytes.toString("base64");
  return [
    quoted,
    inspected,
    ...percentEncoded(text),
    ...forHtml(text),
    base64,
    base64.replace(/=+$/, ""),
    bytes.toString("base64url"),
  ];
}

function percentEncoded(text: string): string[] {
  // Half of a character (a lone surrogate) cannot be encoded; a server cannot echo it that way either.
  if (/\p{Cs}/u.test(text)) return [];
  const component = encodeURIComponent(text);
  const strict = component.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const upper = [component, strict, ...[component, strict].map((form) => form.replaceAll("%20", "+")), encodeURI(text)];
  return [...upper, ...upper.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

function forHtml(text: string): string[] {
  const tags = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const quotes = tags.replace(/"/g, "&quot;");
  return [tags, quotes, quotes.replace(/'/g, "&#39;")];
}

/** A server's words without the user names and passwords of the addresses that they quote. */
export function withoutLogins(text: string): string {
  return text.replace(/\/\/[^\s/]*@/g, "//");
}
