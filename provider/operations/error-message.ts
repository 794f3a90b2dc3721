import { GitLabError, LostAnswerError, UnreachableError } from "../client";
import type { Definition } from "../core/definition";
import { ProviderError } from "../core/errors";
import { sentences } from "../core/sentences";
import { redact, withoutSecrets } from "../secrets/known-secrets";
import type { Props } from "./state/request-body";

/**
 * An error as its user reads it: the request, GitLab's words without any value of the program, and the way out.
 *
 * @param given the arguments and outputs whose values must not appear
 */
export function messageOf(error: unknown, definition: Definition, ...given: readonly Props[]): string {
  if (!(error instanceof Error)) return "unknown error";
  const message = textOf(error, (text) => redact(text, definition, ...given));
  const hint = clashHint(error, definition) ?? (error as { hint?: unknown }).hint;
  if (typeof hint !== "string" || hint === "") return withoutSecrets(message);
  return withoutSecrets(sentences(message, hint));
}

/** Our own sentences hold no values; anybody else's may. */
function textOf(error: Error, clean: (text: string) => string): string {
  if (error instanceof GitLabError) return error.redacted(clean).message;
  const isOurs = [ProviderError, LostAnswerError, UnreachableError].some((kind) => error instanceof kind);
  return isOurs ? error.message : clean(error.message);
}

/** GitLab refuses the second of a kind while the first is active; one run would make the new one before it removes the old. */
function clashHint(error: Error, definition: Definition): string | undefined {
  if (definition.exclusive === undefined || !(error instanceof GitLabError)) return undefined;
  if (!error.details.some((text) => /is already in use/i.test(text))) return undefined;
  return `A project can have only one as ${definition.exclusive}: remove the old one in a \`pulumi up\` of its own first.`;
}
