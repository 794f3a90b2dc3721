import { created, notModified, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import { presentUser } from "../projects/basic";
import { presentProject } from "../projects/response";
import { route, type Route } from "./route";

/** Stars of a project, of which each user has one to give. */
export const STAR_ROUTES: readonly Route[] = [
  route("POST", "/projects/:id/star", star),
  route("POST", "/projects/:id/unstar", unstar),
  route("GET", "/projects/:id/starrers", starrers),
];

function star(call: Call): Answer {
  const project = call.project("none", "even archived");
  const stars = project.stars ?? [];
  if (stars.some(({ userId }) => userId === call.user.id)) return notModified();
  project.stars = [...stars, { userId: call.user.id, since: call.world.now() }];
  return created(presentProject(call, project));
}

function unstar(call: Call): Answer {
  const project = call.project("none", "even archived");
  const stars = project.stars ?? [];
  const left = stars.filter(({ userId }) => userId !== call.user.id);
  if (left.length === stars.length) return notModified();
  project.stars = left;
  return created(presentProject(call, project));
}

function starrers(call: Call): Answer {
  const project = call.project("none");
  const { search } = call.params({ search: { type: "string" } });
  const text = typeof search === "string" ? search.toLowerCase() : "";
  const rows = (project.stars ?? []).flatMap(({ userId, since }) => {
    const user = call.world.user(userId);
    const isWanted = user !== undefined && `${user.name} ${user.username}`.toLowerCase().includes(text);
    return isWanted ? [{ starred_since: since, user: presentUser(call, user) }] : [];
  });
  return paginate(call, rows, (row) => row);
}
