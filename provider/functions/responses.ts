import { unusable } from "../client/errors";
import type { ApiPath } from "../client/path";
import { isObject } from "../core/json";
import { camelCase } from "../core/schema";

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

/** An answer of GitLab with its keys as this package spells names, at any depth. */
export function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [camelCase(key), camelCased(item)]));
}
