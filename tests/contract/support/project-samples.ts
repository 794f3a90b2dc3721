import { fieldsOf, type FieldInfo } from "../../../provider/core/schema";
import { definitionOf } from "./cases";
import type { Props } from "./managed-resource";
import { sampleOf, type Turn } from "./samples";

/**
 * Arguments with tests of their own: where the project is, what it begins with, its picture, what only a fork has, and
 * switches of the package.
 */
const apart = [
  ...["name", "path", "namespace", "avatar", "archived", "defaultBranch", "repositoryStorage", "importUrl"],
  "mrDefaultTargetSelf",
];

/** A value of an argument. */
export function projectSample(info: FieldInfo, turn: Turn): unknown {
  return sampleOf(definitionOf("Project"), info, turn);
}

/** The settings of a project: what can be given at any time, and has a default to go back to. */
export function settingsOfProject(): readonly FieldInfo[] {
  return [...fieldsOf(definitionOf("Project").fields).values()].filter(
    ({ name, access, meta }) => !apart.includes(name) && access !== "local" && meta.onlyOn !== "create",
  );
}

/** The settings without former names and without what only a mirror has. */
export function compatibleSettings(): readonly FieldInfo[] {
  return settingsOfProject().filter(({ name, meta }) => meta.replacedBy === undefined && !/mirror/i.test(name));
}

/** Every setting at its first sample. */
export function allSettings(): Props {
  return Object.fromEntries(compatibleSettings().map((info) => [info.name, projectSample(info, 0)]));
}
