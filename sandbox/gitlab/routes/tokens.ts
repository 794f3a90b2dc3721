import { ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { route, type Route } from "./route";

const DAY_MS = 86_400_000;
/** Days that GitLab gives a token for which nobody chose a last day. */
const USUAL_DAYS = 365;

/**
 * The token that the request carries.
 * https://docs.gitlab.com/api/personal_access_tokens/#self-inform
 */
export const TOKEN_ROUTES: readonly Route[] = [route("GET", "/personal_access_tokens/self", self)];

function self({ world, token, user }: Call): Answer {
  const inAYear = new Date(Date.now() + USUAL_DAYS * DAY_MS);
  return ok({
    id: [...world.tokens.keys()].indexOf(token.token) + 1,
    name: `${user.username}'s token`,
    revoked: false,
    created_at: user.createdAt,
    description: null,
    scopes: token.scopes ?? ["api"],
    user_id: user.id,
    last_used_at: world.now(),
    active: true,
    expires_at: token.expiresAt ?? inAYear.toISOString().slice(0, 10),
  });
}
