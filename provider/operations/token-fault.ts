import { refusedWith } from "../client";
import { addressOf } from "./not-gitlab";

/** What GitLab refuses about the token itself, without a full stop; undefined for any other failure. */
export function tokenFault(error: unknown, baseUrl: string): string | undefined {
  if (refusedWith(error, 403) && error.details.some((text) => text.includes("insufficient_scope"))) {
    return "the token is read-only: it lacks the scope api";
  }
  if (!refusedWith(error, 401)) return undefined;
  if (error.details.some((text) => /token (?:is|has) expired/i.test(text))) {
    return "gitlab:token has expired: make a new one";
  }
  if (error.details.some((text) => /token (?:was|is|has been) revoked/i.test(text))) {
    return "gitlab:token was revoked: make a new one";
  }
  return `gitlab:token is not valid for ${addressOf(baseUrl)} (401)`;
}
