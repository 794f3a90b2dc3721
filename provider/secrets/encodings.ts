import { parseUrl } from "../core/parse-url";

/** The shortest value that is replaced wherever it stands; a shorter one only where it stands alone. */
export const wordLength = 4;
/** The shortest part of an address that is replaced by itself. Keys of webhooks are longer, words are shorter. */
const keyLength = 16;

/** The characters of a value that are looked at even for a shorter message, which may name a part of it. */
const longestWhole = 4096;

/** Spellings of values that were asked for before: the errors of a run are cleaned of the same ones. */
const remembered = new Map<string, ReadonlySet<string>>();
const mostRemembered = 1_000;

/** The same as {@link encodingsOf}, made once for values that are asked for again. */
export function encodedFormsOf(value: string, length: number): ReadonlySet<string> {
  if (value.length > longestWhole) return encodingsOf(value, length);
  const known = remembered.get(value);
  if (known) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const forms = encodingsOf(value, length);
  remembered.set(value, forms);
  return forms;
}

/** What no escaping changes: most tokens and keys are written so. */
const plain = /^[\w.-]+$/;

/**
 * Every spelling in which a server may echo a value: as it is, trimmed, quoted, percent-encoded, in base64, escaped for
 * HTML, line by line, and of an address also its host and its longer parts.
 *
 * @param length of the message, beyond which a spelling cannot stand in it
 */
export function encodingsOf(value: string, length: number): ReadonlySet<string> {
  if (plain.test(value)) return new Set([value, ...inBase64(value)]);
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
  const url = parseUrl(text);
  if (!url) return [];
  const { host, hostname, origin, href, pathname, search, searchParams, password } = url;
  const parts = [`${pathname}${search}`, pathname, ...pathname.split("/"), ...searchParams.values()];
  const names = [origin === "null" ? "" : origin, host, hostname, href];
  return [...names, password, ...parts.filter((part) => part.length >= keyLength)];
}

function encodings(text: string): string[] {
  const quoted = JSON.stringify(text).slice(1, -1);
  // As Ruby's `inspect` writes it.
  const inspected = quoted.replace(/#(?=[{$@])/g, "\\#");
  return [quoted, inspected, ...percentEncoded(text), ...forHtml(text), ...inBase64(text)];
}

function inBase64(text: string): string[] {
  const bytes = Buffer.from(text);
  const base64 = bytes.toString("base64");
  return [base64, base64.replace(/=+$/, ""), bytes.toString("base64url")];
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
