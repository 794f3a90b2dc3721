import type { FieldInfo } from "../../../provider/core/schema";

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
  const kept = keptForm(info, value);
  if (typeof kept === "object" && kept !== null) return sorted(kept);
  return typeof kept === "string" ? kept : JSON.stringify(kept);
}

/** A sample as the emulator stores it. */
export function wireForm(info: FieldInfo, value: unknown): unknown {
  return info.meta.codec?.encode ? info.meta.codec.encode(value) : value;
}

function keptForm({ meta: { codec } }: FieldInfo, value: unknown): unknown {
  const normalize = codec?.normalize ?? codec?.encode;
  return normalize ? normalize(value) : value;
}
