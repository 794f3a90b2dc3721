import { parseUrl } from "../core/parse-url";
import type { Method, Missing } from "./errors";

/** What a hint is chosen from. */
export interface HintFacts {
  readonly method: Method;
  /** Encoded, as it was sent. */
  readonly path: string;
  readonly status: number;
  readonly missing?: Missing | undefined;
  readonly details: readonly string[];
  /** Target of a redirect, when the answer is one. */
  readonly location?: string | undefined;
}

/** The way out of an error answer, for the statuses whose causes are known. */
export function hintFor({ method, path, status, missing, details, location }: HintFacts): string | undefined {
  if (status >= 300 && status < 400) return redirectHint(location);
  if (missing === "call") return missingCallHint(method, path);
  switch (status) {
    case 401:
      return (
        endOfToken(details) ?? `GitLab does not accept the token: check gitlab:token (or GITLAB_TOKEN). ${oldToken}`
      );
    case 403:
      return forbiddenHint(details);
    case 404:
      if (missing === undefined) {
        return (
          "GitLab answers so where the token's user may not do it: check the token's role. " +
          "A gateway in front of GitLab may answer so too: check gitlab:baseUrl."
        );
      }
      return (
        "It does not exist, or the token's user cannot see it: GitLab answers 404 for both. " +
        "Check the path and the token's role (Maintainer for a project, Owner for a group); some features need a higher licence tier."
      );
    case 405:
      return details.some((text) => /moved project/i.test(text))
        ? "The project has moved: name it by its new path or by its numeric id."
        : undefined;
    case 407:
      return "A proxy asks for a user name and a password. Put them into HTTP_PROXY: http://name:password@host:port.";
    case 500:
      return "This is an error inside GitLab; its logs say more. It is safe to run `pulumi up` again.";
    case 502:
    case 503:
    case 504:
      return (
        "GitLab, or a gateway before it, is overloaded or restarting. Run `pulumi up` again later, " +
        "or give it more time with gitlab:timeout and gitlab:retries."
      );
    case 429:
      return (
        "GitLab limits the rate of requests. Give it more time with gitlab:timeout and gitlab:retries, " +
        "or run fewer operations at once with --parallel."
      );
    default:
      return undefined;
  }
}

/** The way out for a token that was good once. */
function endOfToken(details: readonly string[]): string | undefined {
  const has = (pattern: RegExp) => details.some((text) => pattern.test(text));
  if (has(/token (?:is|has) expired/i)) return `gitlab:token has expired: make a new one. ${oldToken}`;
  if (has(/token (?:was|is|has been) revoked/i)) return `gitlab:token was revoked: make a new one. ${oldToken}`;
  return undefined;
}

const oldToken =
  "Refresh and destroy use the token of the last `pulumi up`: after a rotation run `pulumi up` first, or add --run-program.";

function missingCallHint(method: Method, path: string): string {
  return [
    "This GitLab has no such endpoint: its version or edition may lack it.",
    ...(path.includes("%2F") ? ["Or a proxy in front of it decodes %2F in paths, which must stay as it is."] : []),
    ...(method === "DELETE" ? ["To remove a resource from state that it had before, run `pulumi state delete`."] : []),
  ].join(" ");
}

function forbiddenHint(details: readonly string[]): string {
  if (details.some((text) => text.includes("insufficient_scope"))) return "The token needs the scope `api`.";
  return (
    "The token's user may not do this: it needs the role Maintainer (Owner for a group) and the scope `api`, " +
    "and some features need a higher licence tier. " +
    "Refresh and destroy use the token of the last `pulumi up`: after a change of tokens run `pulumi up` first."
  );
}

function redirectHint(location: string | undefined): string {
  const target = origin(location);
  const where = target === undefined ? "elsewhere" : `to ${target}`;
  return `The answer points ${where}, and the token is not sent there. Set gitlab:baseUrl to the address where the API itself answers.`;
}

function origin(location: string | undefined): string | undefined {
  return location === undefined ? undefined : parseUrl(location)?.origin;
}
