import { GitLabError } from "../../../client";

/** Something that could not be read. */
export interface Skipped {
  /** `project acme/shop`. */
  readonly where: string;
  /** What of it: kinds of objects, or the ID of a single one; empty for all of it. */
  readonly what: readonly string[];
  /** GitLab's answer, without a full stop. */
  readonly reason: string;
}

/**
 * Why something was skipped.
 *
 * @throws the error itself when it concerns everything: GitLab cannot be reached, or does not accept the token
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof GitLabError) || error.status === 401) throw error;
  return error.message.replace(/\.$/, "");
}

/** Several kinds that failed alike in one place become one entry. */
export function joined(skipped: readonly Skipped[]): Skipped[] {
  const byCause = new Map<string, Skipped>();
  for (const one of skipped) {
    const cause = `${one.where} ${statusIn(one.reason)}`;
    const known = byCause.get(cause);
    byCause.set(cause, known ? { ...known, what: [...known.what, ...one.what] } : one);
  }
  return [...byCause.values()];
}

/** The answer in a message like `GET /projects/42/hooks: 403 Forbidden`. */
function statusIn(reason: string): string {
  return reason.slice(reason.indexOf(": ") + 2);
}
