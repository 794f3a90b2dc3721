import {
  equal,
  isMap,
  type PropertyMap,
  Reference,
  Secret,
  sortedEntries,
  Unknown,
  UNKNOWN_TEXT,
  type Value,
} from "./values";

/** One property that differs. Values are texts as they are shown: JSON, `[secret]` or `[unknown]`. */
export interface PropertyChange {
  /** For example `customHeaders.X-Team` or `events[2]`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly old?: string;
  readonly new?: string;
}

/** Compares two maps of properties as a user sees them: hidden names left out, secrets equal to each other. */
export function differences(olds: PropertyMap, news: PropertyMap): PropertyChange[] {
  return compareMaps(visible(olds), visible(news), "");
}

/** The names of what differs at the top level, each after its sign. */
export function changedNames(changes: readonly PropertyChange[]): string[] {
  const signs = { add: "+", delete: "-", update: "~" } as const;
  const names = new Map<string, string>();
  for (const { path, kind } of changes) {
    const [name = path] = /^[^.[]+/.exec(path) ?? [];
    names.set(name, name === path ? signs[kind] : signs.update);
  }
  return [...names].map(([name, sign]) => `${sign}${name}`);
}

/** A value as text. */
export function show(value: Value): string {
  if (value instanceof Secret) return "[secret]";
  if (value instanceof Unknown) return "[unknown]";
  if (value instanceof Reference) return value.urn;
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (isMap(value)) {
    const entries = sortedEntries(value).map(([name, item]) => `${name}: ${show(item)}`);
    return entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}";
  }
  return JSON.stringify(value);
}

/** A map as `preview --json` has it: all of it, with `[secret]` in place of every secret. */
export function masked(map: PropertyMap): Record<string, unknown> {
  return Object.fromEntries(sortedEntries(map).map(([name, value]) => [name, maskedValue(value)]));
}

function maskedValue(value: Value): unknown {
  if (value instanceof Secret) return "[secret]";
  if (value instanceof Unknown) return UNKNOWN_TEXT;
  if (value instanceof Reference) return value.urn;
  if (Array.isArray(value)) return value.map(maskedValue);
  return isMap(value) ? masked(value) : value;
}

/** The map without the names that are kept from users. */
export function visible(map: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(map).filter(([name]) => !name.startsWith("__")));
}

function compareMaps(olds: PropertyMap, news: PropertyMap, prefix: string): PropertyChange[] {
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
  return names.flatMap((name) => compare(olds[name], news[name], prefix === "" ? name : `${prefix}.${name}`));
}

function compare(old: Value | undefined, now: Value | undefined, path: string): PropertyChange[] {
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return [{ path, kind: "add", new: show(now ?? null) }];
  if (now === undefined) return [{ path, kind: "delete", old: show(old) }];
  if (old instanceof Secret && now instanceof Secret) return [];
  if (isMap(old) && isMap(now)) return compareMaps(old, now, path);
  if (Array.isArray(old) && Array.isArray(now) && old.length === now.length)
    return old.flatMap((item, index) => compare(item, now[index], `${path}[${index}]`));
  if (equal(old, now) && old instanceof Secret === now instanceof Secret) return [];
  return [{ path, kind: "update", old: show(old), new: show(now) }];
}
