import { unusable, type Asked, type GitLabResponse } from "../../client";
import { isObject } from "../../core/json";
import type { Props } from "../state/request-body";

export { refusedWith } from "../../client";

/** A value as a list, undefined where it is none. */
export function listIn(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/**
 * The object in an answer.
 *
 * @param isWhole what it must have, so that nothing is taken for what was asked for
 * @throws GitLabError when the answer shows something else
 */
export function objectIn(response: GitLabResponse, asked: Asked, isWhole: (values: Props) => boolean): Props {
  const { body, status } = response;
  if (isObject(body) && isWhole(body)) return body;
  throw unusable(asked, status);
}

/**
 * A text in an answer.
 *
 * @throws GitLabError when the answer has none under the name
 */
export function textIn(response: GitLabResponse, asked: Asked, name: string): string {
  return String(objectIn(response, asked, (values) => typeof values[name] === "string")[name]);
}

/** Whether a value can be the number of an object. */
export function isKey(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
