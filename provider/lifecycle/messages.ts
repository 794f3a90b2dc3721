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
  if (!(error instanceof Error)) return String(error);
  const { message } =
    error instanceof GitLabError ? error.redacted((text) => redact(text, definition, ...given)) : error;
  const hint = (error as { hint?: unknown }).hint;
  return typeof hint === "string" && hint !== "" ? `${message}. ${hint}` : message;
}
