import { isMap, type PropertyMap, reveal, Secret, secret, type Value } from "./values";

/** Takes a property path apart: `a.b[0]["c.d"].*`. */
export function parsePropertyPath(path: string): (string | number)[] {
  const segments: (string | number)[] = [];
  for (const match of path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[(\*)\]|([^.[\]]+)/g)) {
    const [, quoted, index, star, name] = match;
    if (index !== undefined) segments.push(Number(index));
    else segments.push(quoted?.replaceAll('\\"', '"') ?? star ?? name ?? "");
  }
  return segments;
}

/**
 * Puts the properties that the paths name back to their old values: changed ones, added ones and removed ones. A path
 * that leads nowhere in the new inputs changes nothing.
 */
export function ignoreChanges(news: PropertyMap, olds: PropertyMap, paths: readonly string[]): PropertyMap {
  let result = news;
  for (const path of paths) result = reset(result, olds, parsePropertyPath(path)) as PropertyMap;
  return result;
}

function reset(value: Value, old: Value, path: readonly (string | number)[]): Value {
  if (value instanceof Secret) return secret(reset(value.value, reveal(old), path));
  const [segment, ...rest] = path;
  const before = reveal(old);
  if (segment === undefined) return old;
  if (Array.isArray(value) && Array.isArray(before)) {
    return value.map((item, index) =>
      segment === "*" || segment === index ? reset(item, before[index] ?? item, rest) : item,
    );
  }
  if (!isMap(value) || !isMap(before)) return value;
  const names = segment === "*" ? new Set([...Object.keys(value), ...Object.keys(before)]) : [String(segment)];
  const result: PropertyMap = { ...value };
  for (const name of names) resetName(result, before, name, rest);
  return result;
}

function resetName(value: PropertyMap, old: PropertyMap, name: string, rest: readonly (string | number)[]): void {
  const before = old[name];
  const now = value[name];
  if (before === undefined) {
    if (rest.length === 0) Reflect.deleteProperty(value, name);
  } else if (rest.length === 0) value[name] = before;
  else if (now !== undefined) value[name] = reset(now, before, rest);
}
