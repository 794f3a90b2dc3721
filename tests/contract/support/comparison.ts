import type { FieldInfo } from "../../../provider/fields";

/** Whether two values are the same but for the order of keys. */
export function alike(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A value as it is compared: all that means nothing to GitLab is one, and numbers are their text. */
export function blank(info: FieldInfo, value: unknown): unknown {
  if (value === null || value === undefined || value === false || value === "" || value === 0) return "nothing";
  if (typeof value === "object" && Object.keys(value).length === 0) return "nothing";
  if (typeof value === "object") return sorted(value);
  const sent = info.meta.spelling?.toWire?.(value) ?? value;
  const text = typeof sent === "string" ? sent : JSON.stringify(sent);
  return info.meta.canonical ? info.meta.canonical(text) : text;
}

/** A sample as the emulator stores it. */
export function wireForm(info: FieldInfo, value: unknown): unknown {
  if (info.meta.spelling?.toWire) return info.meta.spelling.toWire(value);
  return info.type === "text" && info.meta.canonical && typeof value === "string" ? info.meta.canonical(value) : value;
}
