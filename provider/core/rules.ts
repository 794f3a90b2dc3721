import type { Args } from "./definition";

/** Whether a value is a text without anything in it but white space. */
export function isBlank(value: unknown): boolean {
  return typeof value === "string" && value.trim() === "";
}

/**
 * What an argument comes to on GitLab, as far as the arguments tell: what the program gives, else GitLab's default for an
 * object that is new and for an argument that was removed.
 *
 * @returns undefined where it is computed, or where only GitLab knows it
 */
export function outcome(args: Args, name: string, byDefault: unknown): unknown {
  if (args.given(name)) return args.known(name);
  return args.isNew || args.wasGiven(name) ? byDefault : undefined;
}

/** Whether GitLab will have no text for an argument. A computed one passes, and one that only GitLab knows. */
export function lacks(args: Args, name: string): boolean {
  return isBlank(outcome(args, name, ""));
}
