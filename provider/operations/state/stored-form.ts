import type { FieldInfo } from "../../core/schema";
import { isObject } from "../../core/json";

/**
 * How GitLab stored an argument that it took, in words: `buildTimeout as 3600`, `description without spaces at its ends`.
 *
 * Values are told only where they are numbers, true, false or out of a closed list: only the program knows which of its
 * texts are secrets.
 *
 * @param given the program's value
 * @param now the value that GitLab has
 */
export function storedForm(info: FieldInfo, given: unknown, now: unknown): string {
  const { name, secret, type } = info;
  const isShown = !secret && (type === "enum" || typeof now === "boolean" || typeof now === "number");
  if (isShown && isClosed(now)) return `${name} as ${now}`;
  if (isObject(given) && isObject(now)) return formOfParts(name, given, now);
  if (Array.isArray(given) && Array.isArray(now)) return `${name} ${formOfList(given, now)}`;
  return `${name} ${formOfText(given, now)}`;
}

function formOfParts(name: string, given: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>) {
  const parts = [...new Set([...Object.keys(given), ...Object.keys(now)])].filter((part) => given[part] !== now[part]);
  return `${parts.map((part) => `${name}.${part}`).join(", ")} otherwise`;
}

function formOfText(given: unknown, now: unknown): string {
  if (now === null || now === undefined || now === "") return "as empty";
  if (typeof given !== "string" || typeof now !== "string") return "otherwise";
  if (given.trim() === now) return "without spaces at its ends";
  if (given.toLowerCase() === now.toLowerCase()) return "in another case";
  if (given.replace(/\r\n?/g, "\n") === now.replace(/\r\n?/g, "\n")) return "with other line ends";
  return given.startsWith(now) ? "cut short" : "otherwise";
}

function formOfList(given: readonly unknown[], now: readonly unknown[]): string {
  const [before, after] = [new Set(given.map(String)), new Set(now.map(String))];
  const isSame = before.size === after.size && [...before].every((entry) => after.has(entry));
  if (!isSame) return "with other entries";
  return given.length === now.length ? "in another order" : "without repeated entries";
}

function isClosed(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
