import { ApiError, unauthorized } from "./answer";
import type { AccessToken } from "../world/access";
import type { World } from "../world/world";

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The token a request carries, in any of GitLab's forms; undefined when it carries none. */
export function tokenOf(headers: Headers, query: Readonly<Record<string, unknown>>): string | undefined {
  const [privateToken, authorization] = [headers["private-token"], headers.authorization];
  if (typeof privateToken === "string" && privateToken !== "") return privateToken;
  if (typeof query.private_token === "string") return query.private_token;
  if (typeof authorization === "string") {
    const [scheme = "", credentials = ""] = authorization.split(/\s+(.*)/s);
    if (scheme.toLowerCase() === "bearer") return credentials.trim();
    if (scheme.toLowerCase() === "basic") return Buffer.from(credentials, "base64").toString().split(/:(.*)/s)[1];
  }
  return typeof query.access_token === "string" ? query.access_token : undefined;
}

/** The registered token behind a text. Raises 401, and 403 when its scopes do not cover the method. */
export function authenticate(world: World, method: string, text: string | undefined): AccessToken {
  const token = text === undefined ? undefined : world.tokens.get(text);
  if (token === undefined) throw unauthorized();
  if (token.state === "expired") {
    throw invalidToken("Token is expired. You can either do re-authorization or token refresh.");
  }
  if (token.state === "revoked") throw invalidToken("Token was revoked. You have to re-authorize from the user.");
  const scopes = token.scopes ?? ["api"];
  const isRead = method === "GET" || method === "HEAD";
  if (!scopes.includes("api") && !(isRead && scopes.includes("read_api"))) throw insufficientScope(isRead);
  return token;
}

function invalidToken(description: string): ApiError {
  return new ApiError(401, { error: "invalid_token", error_description: description });
}

function insufficientScope(isRead: boolean): ApiError {
  return new ApiError(403, {
    error: "insufficient_scope",
    error_description: "The request requires higher privileges than provided by the access token.",
    scope: isRead ? "api read_api" : "api",
  });
}
