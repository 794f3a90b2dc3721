import { allFacts } from "../facts";
import { forbidden, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { isEnterprise } from "../world/settings";
import { route, type Route } from "./route";

/**
 * The few settings of the instance that say which integrations there are.
 * https://docs.gitlab.com/api/settings/
 */
export const APPLICATION_SETTINGS_ROUTES: readonly Route[] = [route("GET", "/application/settings", settings)];

function settings({ token, world }: Call): Answer {
  if (token.role !== "admin") throw forbidden();
  const { unavailableIntegrations: unavailable, allowLocalRequests } = world.settings;
  const slugs = allFacts(world.settings).map(({ slug }) => slug);
  const allowed = slugs.filter((slug) => !unavailable.includes(slug));
  return ok({
    allow_local_requests_from_web_hooks_and_services: allowLocalRequests,
    ...(isEnterprise(world.settings)
      ? {
          allow_all_integrations: unavailable.length === 0,
          allowed_integrations: unavailable.length === 0 ? [] : allowed,
        }
      : {}),
  });
}
