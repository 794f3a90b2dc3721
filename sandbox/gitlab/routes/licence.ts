import { forbidden, noRecord, noRoute, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { planOf } from "../facts/plans";
import { isEnterprise } from "../world/settings";
import { route, type Route } from "./route";

const ID = 1;
const USERS = 100;

/** The instance's licence, for administrators of the Enterprise Edition. */
export const LICENCE_ROUTES: readonly Route[] = [
  route("GET", "/license", (call) => ok(licence(call))),
  route("GET", "/licenses", (call) => ok([licence(call)].filter((each) => each !== null))),
  route("GET", "/license/:licence_id", one),
];

function one(call: Call): Answer {
  const found = licence(call);
  if (found === null || call.number("licence_id") !== ID) throw noRecord();
  return ok(found);
}

function licence({ world, token }: Call): Record<string, unknown> | null {
  if (!isEnterprise(world.settings)) throw noRoute();
  if (token.role !== "admin") throw forbidden();
  const plan = planOf(world.settings.licence);
  if (plan === undefined) return null;
  const users = world.state.users.length;
  return {
    id: ID,
    plan,
    created_at: "2025-01-15T09:30:00.000Z",
    starts_at: "2025-01-15",
    expires_at: null,
    historical_max: users,
    maximum_user_count: users,
    licensee: { Name: "Administrator", Company: "Acme", Email: "root@example.com" },
    add_ons: {},
    expired: false,
    overage: Math.max(0, users - USERS),
    user_limit: USERS,
    active_users: users,
  };
}
