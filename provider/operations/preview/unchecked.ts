import { GitLabError, UnreachableError } from "../../client";
import type { OperationContext } from "../context";
import { previewStateOf } from "./state";

/** Milliseconds that a preview waits for one answer. */
const longest = 3_000;

/**
 * Waits for an answer that a preview is not worth a long wait for.
 *
 * @throws UnreachableError when it takes too long
 */
export async function soon<T>(baseUrl: string, task: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new UnreachableError("GET", "/", new URL(baseUrl).origin, `no answer within ${longest / 1000} s`));
    }, longest);
  });
  try {
    return await Promise.race([task, late]);
  } finally {
    clearTimeout(timer);
  }
}

type Context = Pick<OperationContext, "connection" | "report">;

/** Says, once, that a preview goes on without asking GitLab, and has the other checks ask nothing. */
export function goOnUnchecked({ connection, report }: Context, why: string, severity: "info" | "warn" = "warn"): void {
  const state = previewStateOf(connection);
  if (!state.isUnchecked) report(severity, `not checked: ${why}`);
  state.isUnchecked = true;
}

/**
 * Goes on unchecked where GitLab gives no answer, or none in time.
 *
 * @returns false for another error
 */
export function unlessUnanswered(context: Context, error: unknown): boolean {
  const why = reasonOf(error);
  if (why === undefined) return false;
  goOnUnchecked(context, why);
  return true;
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof UnreachableError && !error.isOther) return `GitLab cannot be reached (${error.reason}).`;
  if (!(error instanceof GitLabError)) return undefined;
  const isPassing = error.status >= 500 || error.status === 429 || (!error.isFromApi && error.status === 407);
  return isPassing ? `GitLab cannot be reached (it answers ${error.status}).` : undefined;
}
