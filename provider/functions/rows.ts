import { unusable } from "../client/errors";
import type { ApiPath } from "../client/path";
import { isObject } from "../core/json";

/**
 * The object that an answer to a GET is, or that a row of a list is.
 *
 * @param what what was asked for, as in "the response shows no hook"
 * @throws GitLabError when it is anything else: a gateway may have answered, or another server
 */
export function rowOf(answer: unknown, path: ApiPath, what: string): Readonly<Record<string, unknown>> {
  if (isObject(answer)) return answer;
  throw unusable({ method: "GET", path, what }, 200);
}

/**
 * The objects of a list that comes in one piece.
 *
 * @throws GitLabError as {@link rowOf}, and when the answer is no list
 */
export function rowsOf(answer: unknown, path: ApiPath, what: string): Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(answer)) return [rowOf(undefined, path, `list of ${what}s`)];
  return answer.map((row) => rowOf(row, path, what));
}
