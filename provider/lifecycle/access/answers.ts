import { GitLabError } from "../../client";

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
