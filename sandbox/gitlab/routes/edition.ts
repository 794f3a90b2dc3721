import { noRoute } from "../http/answer";
import { isEnterprise } from "../world/settings";
import type { Route } from "./route";

/** What only the Enterprise Edition has, with or without a licence. */
const ENTERPRISE = /^\/(groups\/:id\/hooks|(groups|projects)\/:id\/push_rule|projects\/:id\/mirror)(\/|$)/;

/** A route that the Community Edition answers as if there were none, where it has none. */
export function asTheEditionHasIt(route: Route): Route {
  if (!ENTERPRISE.test(route.path)) return route;
  return {
    ...route,
    handle: (call) => {
      if (!isEnterprise(call.world.settings)) throw noRoute();
      return route.handle(call);
    },
  };
}
