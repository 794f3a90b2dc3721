import { GitLabError } from "../client";
import type { Definition } from "../definition";
import { redact } from "../errors";
import type { Props } from "./values";

/**
 * An error as its user reads it: the request, GitLab's words without any value of the program, and the way out.
 *
 * @param given the arguments and outputs whose values must not appear
 */
export function messageOf(error: unknown, definition: Definition, ...given: readonly Props[]): string {
  if (error instanceof GitLabError) {
    const details = redact(error.details.join("; "), definition, ...given);
    const request = `${error.method} ${error.path}: ${error.status}`;
    return [`${request} ${details}`.trim(), error.hint].filter((part) => part !== undefined && part !== "").join(". ");
  }
  return error instanceof Error ? error.message : String(error);
}
