import { className } from "../../../core/definition";
import type { Comparison } from "../stack/compare";
import { idOf } from "../stack/compare";
import { familyOf, type Family } from "../options";
import { joined, type Skipped } from "../discover/skipped";
import { hostOf } from "../model/names";
import type { RemoteResource } from "../discover/scan";
import { definitionOf } from "../../../resources/definitions";
import { counted, countedFamilies } from "./counts";
import { skippedText } from "./summary";

/** What a check found, as `--json` prints it. */
export interface CheckReport {
  /** Whether everything that was found is managed, nothing is missing, and all could be read. */
  readonly ok: boolean;
  readonly managed: number;
  /** Objects on GitLab that no stack manages. */
  readonly unmanaged: readonly CheckedObject[];
  /** Objects that a stack manages and GitLab no longer has. */
  readonly missing: readonly CheckedObject[];
  readonly skipped: readonly Skipped[];
}

/** An object that a check reports. It has no values of arguments, which may be secrets. */
export interface CheckedObject {
  readonly family: Family;
  /** The class: `ProjectHook`, `integrations.Slack`. */
  readonly type: string;
  /** `projects/42/hooks/7`. */
  readonly id: string;
  /** The full path of its project or group, where it is known. */
  readonly path?: string;
  /** The host that a hook calls. */
  readonly host?: string;
  /** The resource in the stack. */
  readonly name?: string;
}

/** The exit status of a check. */
export const checkStatus = { allManaged: 0, incomplete: 2, differences: 3 } as const;

/** Makes the report of a comparison. */
export function checkReport({ managed, unmanaged, missing }: Comparison, skipped: readonly Skipped[]): CheckReport {
  return {
    ok: unmanaged.length === 0 && missing.length === 0 && skipped.length === 0,
    managed: managed.length,
    unmanaged: unmanaged.map(foundObject),
    missing: missing.flatMap(({ id, type, name, path }) => {
      const definition = definitionOf(type);
      if (!definition) return [];
      return [{ family: familyOf(definition.kind), type, id, ...(path === undefined ? {} : { path }), name }];
    }),
    skipped: joined(skipped),
  };
}

function foundObject(one: RemoteResource): CheckedObject {
  const { definition, parent } = one;
  const host = hostOf(one);
  return {
    family: familyOf(definition.kind),
    type: definition.name,
    id: idOf(one),
    ...(parent ? { path: parent.path } : {}),
    ...(host === undefined ? {} : { host }),
  };
}

/** The exit status that a report means. */
export function statusOf({ ok, unmanaged, missing }: CheckReport): number {
  if (ok) return checkStatus.allManaged;
  return unmanaged.length + missing.length > 0 ? checkStatus.differences : checkStatus.incomplete;
}

/** The report in words. */
export function checkText(report: CheckReport): string {
  const { managed, unmanaged, missing, skipped } = report;
  return `${[
    `${counted(managed, "object is", "objects are")} managed.`,
    `${countsOf(unmanaged)} on GitLab and in no stack${unmanaged.length > 0 ? ":" : "."}`,
    ...unmanaged.map(line),
    `${countsOf(missing)} in the stack and not on GitLab${missing.length > 0 ? ":" : "."}`,
    ...missing.map(line),
    ...skipped.map(({ where, what, reason }) => skippedText(where, what, reason)),
  ].join("\n")}\n`;
}

function countsOf(objects: readonly CheckedObject[]): string {
  const counts: Partial<Record<Family, number>> = {};
  for (const { family } of objects) counts[family] = (counts[family] ?? 0) + 1;
  const text = countedFamilies(counts);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function line({ type, id, path, host, name }: CheckedObject): string {
  const about = [path, host && `to ${host}`, name && `as ${name}`].filter(Boolean).join(" ");
  return `  ${className({ name: type })} ${id}${about === "" ? "" : `: ${about}`}`;
}
