import { notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { presentUser } from "../projects/basic";
import { LEVELS, levelOn } from "../world/access";
import type { User } from "../world/entities";
import { route, type Route } from "./route";

/**
 * One member of a group or project, whether the role comes from there or from a group above.
 * https://docs.gitlab.com/api/members/#get-a-member-of-a-group-or-project-including-inherited-and-invited-members
 */
export const MEMBER_ROUTES: readonly Route[] = [
  route("GET", "/groups/:id/members/all/:user_id", (call) => member(call, call.world.groupPath(call.group("none")))),
  route("GET", "/projects/:id/members/all/:user_id", (call) =>
    member(call, call.world.projectPath(call.project("none"))),
  ),
];

function member(call: Call, path: string): Answer {
  const user = call.world.user(call.number("user_id"));
  const level = user === undefined ? 0 : roleOf(call, user, path);
  if (user === undefined || level === 0) throw notFound();
  return ok({ ...presentUser(call, user), access_level: level, membership_state: "active", expires_at: null });
}

/** Administrators are no members by that, though they may do everything. */
function roleOf(call: Call, user: User, path: string): number {
  if (user.id === call.user.id) return call.user.admin ? call.madeLevel(path) : call.level(path);
  const tokens = [...call.world.tokens.values()].filter((token) => call.world.userOf(token).id === user.id);
  return Math.max(0, ...tokens.map((token) => levelOn(token, path)).filter((level) => level <= LEVELS.owner));
}
