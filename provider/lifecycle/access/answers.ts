import { GitLabError, type ApiPath, type GitLabResponse, type Method } from "../../client";
import type { Props } from "../values";

/**
 * For `catch`: a 404 becomes undefined, everything else is thrown on.
 */
export function notFound(error: unknown): undefined {
  if (error instanceof GitLabError && error.status === 404) return undefined;
  throw error;
}

/** Whether GitLab refused with one of `statuses`. */
export function refusedWith(error: unknown, ...statuses: readonly number[]): error is GitLabError {
  return error instanceof GitLabError && statuses.includes(error.status);
}

/** A value as a list, undefined where it is none. */
export function listIn(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** What was asked for, to be named where the answer does not show it. */
export interface Asked {
  readonly method: Method;
  readonly path: ApiPath;
  /** `hook`, as in "the answer shows no hook". */
  readonly what: string;
}

/** Whether a value is an object in the sense of JSON, and no list. */
export function isObject(value: unknown): value is Props {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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

/** The error for an answer that does not show what was asked for: a gateway's, perhaps, or that of another server. */
export function unusable({ method, path, what }: Asked, status: number): GitLabError {
  const hint = "Is gitlab:baseUrl the address of GitLab itself? Something in between may have answered.";
  return new GitLabError({ method, path, status, details: [`the answer shows no ${what}`], hint });
}

/** Whether a value can be the number of an object. */
export function isKey(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
