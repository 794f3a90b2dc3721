import { hiddenValue } from "../../core/unknown";
import { fieldsOf, type FieldInfo } from "../../core/schema";
import type { Definition } from "../../core/definition";
import { isObject } from "../../core/json";
import type { RemoteObject } from "../api/remote-object";

/** Properties by name, as the engine sends and stores them. */
export type Props = Readonly<Record<string, unknown>>;

/** Whether two values of a field mean the same to GitLab. */
export function same(info: FieldInfo, a: unknown, b: unknown): boolean {
  return comparable(info, a) === comparable(info, b);
}

/** A text that two values of a field share when they mean the same to GitLab. */
export function comparable(info: FieldInfo, value: unknown): string {
  if (value === undefined || value === null) return blankOf(info);
  const { encode, normalize = encode } = info.meta.codec ?? {};
  const kept = normalize ? normalize(value) : value;
  if (Array.isArray(kept)) return JSON.stringify(kept);
  if (typeof kept === "object" && kept !== null) {
    return JSON.stringify(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  // Numbers and the text of numbers are one value to GitLab, as in jira_auth_type.
  return typeof kept === "string" ? kept : JSON.stringify(kept);
}

/** What GitLab's null stands for. */
function blankOf(info: FieldInfo): string {
  if (info.type === "boolean") return "false";
  if (info.type === "number") return "0";
  if (info.type === "list" || info.type === "map") return "[]";
  return "";
}

/**
 * A field's value in an answer of GitLab.
 *
 * @param last the value known so far: GitLab writes some otherwise, and returns the keys of some maps only
 * @returns undefined where the answer does not have it, null where GitLab has none
 */
export function fromWire(info: FieldInfo, answer: Props, last: unknown): unknown {
  const raw = answer[info.meta.shownAs ?? info.wire];
  if (raw === undefined || raw === null) return raw;
  if (!isUsable(info, raw)) return undefined;
  if (info.meta.codec?.decode) return info.meta.codec.decode(raw, last);
  if (info.meta.keysOnly) return withLastValues(raw, last);
  if (info.type === "boolean") return typeof raw === "string" ? raw === "true" || raw === "1" : Boolean(raw);
  if (info.type === "number" && typeof raw === "string" && raw.trim() !== "") return Number(raw);
  if (info.type === "text" && (typeof raw === "number" || typeof raw === "boolean")) return String(raw);
  return raw;
}

/** Whether an answer says something of a field that its type can hold; anything else says nothing. */
function isUsable(info: FieldInfo, raw: unknown): boolean {
  if (info.meta.keysOnly) return Array.isArray(raw);
  if (info.type === "list") return Array.isArray(raw) && raw.every(isScalar);
  if (info.type === "map") return isObject(raw) && Object.values(raw).every(isScalar);
  // Parts of an object that GitLab leaves empty are null.
  if (info.type === "object") {
    return isObject(raw) && Object.values(raw).every((item) => item === null || isScalar(item));
  }
  if (info.type === "boolean") return [true, false, 0, 1, "true", "false", "1", "0", ""].includes(raw as string);
  if (info.type === "number") return typeof raw !== "boolean" && isScalar(raw) && Number.isFinite(Number(raw));
  return isScalar(raw);
}

function isScalar(value: unknown): boolean {
  return (
    typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))
  );
}

/** How deep a value of the state may go: deeper ones are not GitLab's. */
const deepest = 8;

/** Whether the engine can carry and store a value: JSON has numbers that are none to it, and no bottom. */
export function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "number" || Number.isFinite(value);
  return depth < deepest && Object.values(value).every((item) => isStorable(item, depth + 1));
}

function withLastValues(raw: unknown, last: unknown): Record<string, unknown> {
  const values = (typeof last === "object" && last !== null ? last : {}) as Props;
  const keys = Array.isArray(raw) ? raw.map((item: unknown) => (item as { key?: unknown } | null)?.key) : [];
  return Object.fromEntries(
    keys
      .filter((key) => typeof key === "string")
      .map((key) => [key, Object.hasOwn(values, key) ? values[key] : hiddenValue]),
  );
}

/** A field's value as GitLab's parameter takes it. */
export function toWire(info: FieldInfo, value: unknown): unknown {
  if (info.meta.codec?.encode) return info.meta.codec.encode(value);
  if (!info.meta.keysOnly || typeof value !== "object" || value === null) return value;
  return Object.entries(value).map(([key, item]) => ({ key, value: item as unknown }));
}

/** What one write must bring about. */
export interface Write {
  /** The program's arguments. */
  readonly given: Props;
  /** Names of fields that go back to GitLab's own value. */
  readonly reset: readonly string[];
  /** The outputs as they were, or what was found. */
  readonly last: Props;
  /** The object, where it has just been seen: then nothing need be asked again. */
  readonly remote?: RemoteObject | undefined;
}

/** The parameters of a write, but for fields that `skip` names. */
export function bodyOf(definition: Definition, write: Write, skip: readonly string[] = []): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, info] of fieldsOf(definition.fields)) {
    if (skip.includes(name) || info.access === "local") continue;
    const value = write.given[name];
    if (value !== undefined) body[info.wire] = toWire(info, withRemovedParts(info, value, write.last));
    else if (write.reset.includes(name)) {
      body[info.wire] = toWire(info, withRemovedParts(info, info.initial, write.last));
    } else if (info.meta.always) body[info.wire] = toWire(info, write.last[name] ?? info.initial);
  }
  return body;
}

/** GitLab merges objects: the parts that the program named so far and names no more are sent as what they go back to. */
function withRemovedParts(info: FieldInfo, value: unknown, last: Props): unknown {
  const { parts } = info.meta;
  const before = last[info.name];
  const isManaged = Array.isArray(last.__managed) && last.__managed.includes(info.name);
  if (!parts || !isManaged || !isObject(value) || !isObject(before)) return value;
  const removed = Object.entries(parts).filter(([part]) => part in before && !(part in value));
  return { ...Object.fromEntries(removed), ...value };
}

/** A copy without undefined values, which the engine's messages cannot carry, and without nulls, which say nothing. */
export function defined(props: Props): Record<string, unknown> {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined && value !== null));
}
