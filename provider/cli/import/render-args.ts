import { comment, property, type Expression } from "./code";
import type { Imported } from "./imported";
import { sharedKey, type SharedText } from "./shared";

/** How arguments are to be written. */
export interface Shown {
  /** Constants by field and text. */
  readonly shared: ReadonlyMap<string, SharedText>;
  /** The spaces before each line. */
  readonly indent: string;
}

/** The arguments of one resource, a line or several each. */
export function argumentsShown(one: Imported, { shared, indent }: Shown): string[] {
  const lines: string[] = [];
  for (const field of one.given.keys()) lines.push(...property(field, expressionOf(one, field, shared), indent));
  if (one.doubtful.length > 0) {
    lines.push(...comment("GitLab does not say whether these are set. What is not given stays as it is.", indent));
  }
  for (const field of one.doubtful) {
    lines.push(`${indent}// ${field}: config.requireSecret("${settingOf(one, field)}"),`);
  }
  return lines;
}

function expressionOf(one: Imported, field: string, shared: Shown["shared"]): Expression {
  const argument = one.given.get(field);
  if (argument?.kind === "secret") return { kind: "setting", name: settingOf(one, field) };
  if (argument?.kind === "secrets") {
    const entry = (key: string) => [key, { kind: "setting", name: settingOf(one, `${field}.${key}`) }] as const;
    return { kind: "map", entries: argument.keys.map(entry) };
  }
  return plain(field, argument?.value, shared);
}

function plain(field: string, value: unknown, shared: Shown["shared"]): Expression {
  if (typeof value === "string") {
    const constant = shared.get(sharedKey(field, value));
    return constant ? { kind: "word", text: constant.name } : { kind: "text", text: value };
  }
  if (Array.isArray(value)) return { kind: "list", items: value.map(String) };
  return { kind: "word", text: JSON.stringify(value) };
}

function settingOf(one: Imported, path: string): string {
  return one.settings.get(path) ?? path;
}
