import { z } from "zod";
import { field, type FieldMeta } from "./schema";
import { re2Problem } from "./re2";

/** What is wrong with a text that is to be a regular expression in RE2's syntax, as a reason that quotes nothing of it. */
export function patternProblem(given: string): string | undefined {
  const problem = re2Problem(given);
  return problem === undefined ? undefined : `must be a regular expression in RE2's syntax: ${problem}`;
}

/**
 * An optional regular expression in RE2's syntax, which is the only one that GitLab takes.
 *
 * @param most the most characters that it may have
 */
export function pattern(most: number, meta: FieldMeta = {}) {
  return field(inRe2(limited(most)).optional(), meta);
}

/** The same for one that GitLab takes on one line alone. */
export function singleLinePattern(most: number) {
  const schema = limited(most).refine((given) => !/[\r\n]/.test(given), "must not contain a line break");
  return field(inRe2(schema).optional(), {});
}

function inRe2(schema: z.ZodString): z.ZodString {
  return schema.superRefine((given, context) => {
    const problem = patternProblem(given);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });
}

/** A text of at most so many characters. */
export function limited(most: number): z.ZodString {
  return z.string().refine((given) => Array.from(given).length <= most, lengthRule(most));
}

/** An optional text of at most so many characters; GitLab's default is none. */
export function limitedText(most: number, meta: FieldMeta = {}) {
  return field(limited(most).optional(), meta);
}

function lengthRule(most: number): string {
  return `must have at most ${most.toLocaleString("en")} characters`;
}
