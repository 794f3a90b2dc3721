import { notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import { presentUser } from "../projects/basic";
import { isEnterprise } from "../world/settings";
import type { User } from "../world/entities";
import { route, type Route } from "./route";

const REVISION = "5a4d0b1c2e3";

/** Who is calling, who else there is, and which GitLab this is. */
export const ACCOUNT_ROUTES: readonly Route[] = [
  route("GET", "/user", (call) =>
    ok({ ...present(call.user, call), email: call.user.email, is_admin: call.user.admin, bot: isBot(call.user) }),
  ),
  route("GET", "/users", (call) => paginate(call, named(call), (user) => present(user, call))),
  route("GET", "/users/:id", (call) => {
    const user = call.world.state.users.find(({ id }) => String(id) === call.segment("id"));
    if (user === undefined) throw notFound("User");
    return ok(present(user, call));
  }),
  route("GET", "/namespaces/:id", namespace),
  route("GET", "/version", metadata),
  route("GET", "/metadata", metadata),
];

/** The user of a project or group access token has a name of this form. */
function isBot({ username }: User): boolean {
  return /^(project|group)_\d+_bot/.test(username);
}

function metadata({ world }: Call): Answer {
  const { version } = world.settings;
  return ok({
    version,
    revision: REVISION,
    kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
    enterprise: isEnterprise(world.settings),
  });
}

/** A group or a user as the owner of projects, by number or full path. */
function namespace(call: Call): Answer {
  const id = call.segment("id");
  const { world } = call;
  const group = /^\d+$/.test(id) ? world.group(Number(id)) : world.groupAt(id);
  if (group !== undefined && call.sees(world.groupPath(group), group.visibility)) {
    return ok({ id: group.id, kind: "group", path: group.path, full_path: world.groupPath(group) });
  }
  const user = world.state.users.find((each) => String(each.id) === id || each.username === id);
  if (user === undefined) throw notFound("Namespace");
  return ok({ id: user.id, kind: "user", path: user.username, full_path: user.username });
}

function named(call: Call): User[] {
  const { username } = call.input;
  return call.world.state.users.filter((user) => typeof username !== "string" || user.username === username);
}

function present(user: User, call: Call): Record<string, unknown> {
  return { ...presentUser(call, user), created_at: user.createdAt };
}
