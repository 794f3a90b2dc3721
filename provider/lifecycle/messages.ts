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
  const hint = clashHint(error, definition) ?? (error as { hint?: unknown }).hint;
  return typeof hint === "string" && hint !== "" ? `${message}. ${hint}` : message;
}

/** GitLab refuses the second of a kind while the first is active; one run would make the new one before it removes the old. */
function clashHint(error: Error, definition: Definition): string | undefined {
  if (definition.exclusive === undefined || !(error instanceof GitLabError)) return undefined;
  if (!error.details.some((text) => /is already in use/i.test(text))) return undefined;
  return `A project can have only one as ${definition.exclusive}: remove the old one in a \`pulumi up\` of its own first.`;
}
