import { optionsOf, inOtherCase } from "./legal-values";
import type { Definition } from "../../../provider/core/definition";
import type { FieldInfo } from "../../../provider/core/schema";
import type { Props } from "./managed-resource";

/** What somebody does to a value on GitLab. */
export const changes = ["another", "cleared", "another case", "another order", "one less"] as const;
export type Change = (typeof changes)[number];

/** A value of an answer after a change; undefined where it makes none other. */
export function changed(info: FieldInfo, raw: unknown, change: Change): unknown {
  const next = info.meta.keysOnly === true ? changedKeys(raw, change) : changedValue(info, raw, change);
  return JSON.stringify(next) === JSON.stringify(raw) ? undefined : next;
}

function changedValue(info: FieldInfo, raw: unknown, change: Change): unknown {
  const options = optionsOf(info.schema).map((option) => info.meta.codec?.encode?.(option) ?? option);
  if (change === "cleared") return options.length > 0 ? undefined : clearedValue(raw);
  if (change === "another") return options.find((option) => String(option) !== String(raw)) ?? anotherValue(info, raw);
  if (options.length > 0) return undefined;
  if (Array.isArray(raw)) return changedList(raw as readonly unknown[], change);
  return change === "another case" && typeof raw === "string" ? inOtherCase(raw) : undefined;
}

function anotherValue(info: FieldInfo, raw: unknown): unknown {
  if (info.type === "boolean") return raw !== true;
  if (info.type === "number" || typeof raw === "number") return Number(raw ?? 0) + 1;
  if (info.type === "list") return [...((raw ?? []) as readonly unknown[]), "another"];
  if (info.type === "object") return raw === null ? raw : changedParts(raw as Props);
  // A day, and a link, stay what they are.
  if (typeof raw === "string" && /^\d{4}-\d\d-\d\d$/.test(raw)) return raw.replace(/^\d{4}/, "2098");
  return `${typeof raw === "string" ? raw : ""}x`;
}

function changedParts(raw: Props): Props {
  const other = (value: unknown) =>
    typeof value === "boolean" ? !value : typeof value === "number" ? value + 1 : "other";
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, other(value)]));
}

function clearedValue(raw: unknown): unknown {
  if (Array.isArray(raw)) return [];
  const isSomething = typeof raw === "string" ? raw !== "" : typeof raw === "number" && raw !== 0;
  return isSomething ? null : undefined;
}

function changedList(raw: readonly unknown[], change: Change): unknown {
  if (change === "another order") return raw.toReversed();
  if (change === "one less") return raw.slice(0, -1);
  return change === "another case" ? raw.map((entry) => inOtherCase(String(entry))) : undefined;
}

function changedKeys(raw: unknown, change: Change): unknown {
  const keys = (raw ?? []) as readonly { readonly key: string }[];
  if (change === "another") return [...keys, { key: "Another" }];
  if (change === "cleared") return [];
  if (change === "one less") return keys.slice(0, -1);
  return change === "another case" ? keys.map(({ key }) => ({ key: inOtherCase(key) })) : undefined;
}

/** Where an answer of GitLab about an object has the value of a field. */
export function slotIn(
  definition: Definition,
  answer: Props,
  info: FieldInfo,
  key?: number,
): readonly [Props, string] | undefined {
  const name = info.meta.shownAs ?? info.wire;
  if (definition.kind === "share") {
    const share = (answer.shared_with_groups as Props[]).find((each) => each.group_id === key);
    return share && [share, name === "group_access" ? "group_access_level" : name];
  }
  if (definition.kind === "forkRelation") return [answer.forked_from_project as Props, "id"];
  if (name === "namespace_id") return [answer.namespace as Props, "id"];
  const below = [answer.properties, answer.events].find(
    (each): each is Props => typeof each === "object" && each !== null && name in each,
  );
  return [below ?? answer, name];
}
