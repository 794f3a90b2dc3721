import { apiPath, type ApiPath } from "../client/path";
import { parentProblem } from "../core/parent-problem";
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
  return apiPath(scope, selected(scope, named, scope), ...segments);
}

/**
 * The number or full path of a project or group that an argument names.
 *
 * @throws Error that says what is wrong, without the value
 */
export function selected(scope: Scope, named: unknown, argument: string): string {
  const text = parentText(scope, named);
  const problem = parentProblem(scope, named);
  if (text !== undefined && problem === undefined) return text;
  throw new Error(`${argument}: ${problem ?? `must be the number, the full path or the ID of a ${scope}`}`);
}
