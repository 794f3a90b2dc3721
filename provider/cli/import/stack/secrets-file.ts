import { readFileSync } from "node:fs";
import { isObject } from "../../../core/json";

/**
 * Secrets by name out of a file: JSON, or lines `name=value` as in `.env` files.
 *
 * @throws Error that names the line and quotes none of it
 */
export function readSecretsFile(file: string): ReadonlyMap<string, string> {
  const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  return text.trimStart().startsWith("{") ? fromJson(text, file) : fromLines(text, file);
}

function fromJson(text: string, file: string): ReadonlyMap<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${file} is no JSON.`);
  }
  const entries = isObject(value) ? Object.entries(value) : [];
  const wrong = entries.find(([, secret]) => typeof secret !== "string");
  if (wrong) throw new Error(`${file}: the value of ${wrong[0]} must be a string.`);
  return new Map(entries as [string, string][]);
}

const assignment = /^\s*(?:export\s+)?([\w.:-]+)\s*=(.*?)\s*$/s;

function fromLines(text: string, file: string): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const first = lines[index] ?? "";
    if (first.trim() === "" || first.trimStart().startsWith("#")) continue;
    const start = index;
    const [, name, begun = ""] = assignment.exec(first) ?? [];
    let value = /^\s*["']/.test(begun) ? begun.trimStart() : begun;
    // A quoted value may go on over several lines, as keys do.
    while (isOpen(value) && index + 1 < lines.length) value += `\n${lines[++index]}`;
    if (name === undefined || isOpen(value)) throw new Error(`${file}, line ${start + 1}: must be name=value.`);
    secrets.set(name, unquoted(value));
  }
  return secrets;
}

const quotes = /^(["'])(.*)\1(?:\s+#.*)?\s*$/s;

function isOpen(value: string): boolean {
  return /^["']/.test(value) && !quotes.test(value);
}

function unquoted(value: string): string {
  const [, quote, inner = ""] = quotes.exec(value) ?? [];
  if (quote === undefined) return value.replace(/\s+#.*$/, "").trim();
  if (quote === "'") return inner;
  return inner.replace(/\\([nrt"\\])/g, (_, letter: string) => ({ n: "\n", r: "\r", t: "\t" })[letter] ?? letter);
}
