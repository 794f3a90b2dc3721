import { UnreachableError } from "../../client";
import { sentences } from "../../core/sentences";
import { inOptions } from "../settings";

/** How well something stands: a problem is what keeps the package from working. */
export type State = "ok" | "warning" | "problem";

/** What the doctor found out about one thing. */
export interface Finding {
  /** `token`, `clock`. */
  readonly about: string;
  readonly state: State;
  /** A sentence or a few words, without any secret. */
  readonly text: string;
  /** What to do, where there is something to do. */
  readonly advice?: string;
}

/** A finding without advice. */
export function found(about: string, state: State, text: string, advice?: string): Finding {
  return { about, state, text, ...(advice === undefined ? {} : { advice }) };
}

/** An error as a problem: its message, and the way out that it knows. */
export function problemOf(about: string, error: unknown): Finding {
  if (!(error instanceof Error)) return found(about, "problem", "unknown error");
  const { hint } = error as { readonly hint?: unknown };
  const advice = typeof hint === "string" && hint !== "" ? inOptions(hint) : undefined;
  return found(about, "problem", inOptions(error.message), advice);
}

/** An error in one text: its message, and the way out that it knows. */
export function withAdvice(error: unknown): Error {
  const { text, advice } = problemOf("", error);
  return new Error(advice === undefined ? text : sentences(text, advice), { cause: error });
}

/** Whether an error says that GitLab could not be reached. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof UnreachableError;
}
