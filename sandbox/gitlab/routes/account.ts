import { notFound, ok } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import type { User } from "../world/state";
import { route, type Route } from "./route";

const REVISION = "5a4d0b1c2e3";

/** Who is calling, who else there is, and which GitLab this is. */
export const ACCOUNT_ROUTES: readonly Route[] = [
  route("GET", "/user", (call) =>
    ok({ ...present(call.user, call), email: call.user.email, is_admin: call.user.admin }),
  ),
  route("GET", "/users", (call) => paginate(call, named(call), (user) => present(user, call))),
  route("GET", "/users/:id", (call) => {
    const user = call.world.state.users.find(({ id }) => String(id) === call.segment("id"));
    if (user === undefined) throw notFound("User");
    return ok(present(user, call));
  }),
  route("GET", "/version", (call) => ok({ version: call.world.settings.version, revision: REVISION })),
  route("GET", "/metadata", (call) =>
    ok({
      version: call.world.settings.version,
      revision: REVISION,
      kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
      enterprise: call.world.settings.version.endsWith("-ee"),
    }),
  ),
];

function named(call: Call): User[] {
  const { username } = call.input;
  return call.world.state.users.filter((user) => typeof username !== "string" || user.username === username);
}

function present(user: User, call: Call): Record<string, unknown> {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    state: "active",
    locked: false,
    avatar_url: null,
    web_url: `${call.origin}/${user.username}`,
    created_at: user.createdAt,
  };
}
