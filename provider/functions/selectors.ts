import { apiPath, type ApiPath } from "../client/path";
import { parentText } from "../core/parent-ref";
import type { Scope } from "../core/schema";

/** Which project. */
export interface ProjectSelector {
  /** Its number, its full path, or the ID of a project resource. */
  readonly project: string | number;
}

/** Which group. */
export interface GroupSelector {
  /** Its number or its full path. */
  readonly group: string | number;
}

/**
 * The path of a project or group that a program names, or of something below it.
 *
 * @throws Error when the value names none
 */
export function selectedPath(scope: Scope, named: string | number, ...segments: readonly (string | number)[]): ApiPath {
  const text = parentText(scope, named);
  if (text === undefined) throw new Error(`${scope}: must be the number, the full path or the ID of a ${scope}`);
  return apiPath(scope, text, ...segments);
}
