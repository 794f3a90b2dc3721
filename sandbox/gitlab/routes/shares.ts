import { created, errorText, noContent, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import { presentPlace } from "../projects/response";
import { SHARE_LEVELS, shareWith, sharesOf, unshare } from "../projects/shares";
import { LEVELS } from "../world/access";
import type { Group } from "../world/entities";
import { route, type Route } from "./route";

/** Groups and a project: those above it, those it is shared with, those it could be. */
export const SHARE_ROUTES: readonly Route[] = [
  route("POST", "/projects/:id/share", share),
  route("DELETE", "/projects/:id/share/:group_id", (call) => {
    const project = call.project("maintainer");
    unshare(project, call.number("group_id"));
    return noContent();
  }),
  route("GET", "/projects/:id/share_locations", locations),
  route("GET", "/projects/:id/groups", groups),
  route("GET", "/projects/:id/invited_groups", invited),
];

function share(call: Call): Answer {
  const project = call.project("maintainer");
  const given = call.params({
    group_id: { type: "integer", required: true },
    group_access: { type: "integer", required: true },
    expires_at: { type: "time" },
    member_role_id: { type: "integer" },
  });
  if (!SHARE_LEVELS.includes(given.group_access as number)) {
    throw errorText(400, "group_access does not have a valid value");
  }
  const row = shareWith(call, project, given);
  return created({
    id: row.id,
    project_id: project.id,
    group_id: row.groupId,
    group_access: row.access,
    expires_at: row.expiresAt,
    ...(row.memberRoleId === null ? {} : { member_role_id: row.memberRoleId }),
  });
}

function locations(call: Call): Answer {
  const { world } = call;
  const project = call.project("maintainer");
  const { search } = call.params({ search: { type: "string" } });
  const taken = new Set([
    ...sharesOf(project).map(({ groupId }) => groupId),
    ...world.ancestors({ kind: "project", id: project.id }).map(({ id }) => id),
  ]);
  const isFree = (group: Group): boolean =>
    !taken.has(group.id) && call.level(world.groupPath(group)) >= LEVELS.guest && named(group, search);
  return paginate(call, world.state.groups.filter(isFree), (group) => presentPlace(call, group));
}

function groups(call: Call): Answer {
  const { world } = call;
  const project = call.project("none");
  const given = call.params({
    search: { type: "string" },
    shared_min_access_level: { type: "integer" },
    shared_visible_only: { type: "boolean" },
    skip_groups: { type: "integers" },
    with_shared: { type: "boolean" },
  });
  const least = (given.shared_min_access_level as number | null | undefined) ?? 0;
  const shared = sharesOf(project)
    .filter(({ access }) => access >= least)
    .flatMap(({ groupId }) => world.group(groupId) ?? [])
    .filter((group) => given.shared_visible_only !== true || call.sees(world.groupPath(group), group.visibility));
  const skipped = (given.skip_groups as readonly number[] | null | undefined) ?? [];
  const rows = [
    ...world.ancestors({ kind: "project", id: project.id }),
    ...(given.with_shared === true ? shared : []),
  ].filter((group) => !skipped.includes(group.id) && named(group, given.search));
  return paginate(
    call,
    rows.sort((one, other) => one.id - other.id),
    (group) => presentPlace(call, group),
  );
}

/** The groups that a project itself is shared with: here no group is shared with another, so none is inherited. */
function invited(call: Call): Answer {
  const { world } = call;
  const project = call.project("none");
  const given = call.params({
    search: { type: "string" },
    min_access_level: { type: "integer" },
    relation: { type: "strings" },
  });
  const least = (given.min_access_level as number | null | undefined) ?? 0;
  const relations = (given.relation as readonly string[] | null | undefined) ?? ["direct"];
  const rows = sharesOf(project)
    .filter(({ access }) => access >= least && relations.includes("direct"))
    .flatMap(({ groupId }) => world.group(groupId) ?? [])
    .filter((group) => call.sees(world.groupPath(group), group.visibility) && named(group, given.search));
  return paginate(call, rows, (group) => presentPlace(call, group));
}

function named(group: Group, search: unknown): boolean {
  return typeof search !== "string" || `${group.name} ${group.path}`.toLowerCase().includes(search.toLowerCase());
}
