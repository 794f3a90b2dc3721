import { accepted, created, errorText, forbidden, message, notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import type { Params } from "../http/params";
import { checkGroupPath } from "../projects/paths";
import { presentGroup } from "../projects/response";
import { inspect } from "../validation/ruby";
import { LEVELS } from "../world/access";
import { createGroup, isTaken, moveGroup, removeGroup } from "../world/namespaces";
import type { Group, Visibility } from "../world/state";
import { route, type Route } from "./route";

const EDITABLE: Params = {
  name: { type: "string" },
  path: { type: "string" },
  description: { type: "string" },
  visibility: { type: "string", values: ["private", "internal", "public"] },
  share_with_group_lock: { type: "boolean" },
};

/** Groups: listed, read, made, edited and deleted, with their subgroups and projects. */
export const GROUP_ROUTES: readonly Route[] = [
  route("GET", "/groups", (call) => {
    const { top_level_only: top, search } = call.params({
      top_level_only: { type: "boolean" },
      search: { type: "string" },
    });
    const text = typeof search === "string" ? search.toLowerCase() : "";
    return list(
      call,
      (group) =>
        (top !== true || group.parentId === null) && `${group.name} ${group.path}`.toLowerCase().includes(text),
    );
  }),
  route("GET", "/groups/:id", (call) => ok(presentGroup(call, call.group("none")))),
  route("GET", "/groups/:id/subgroups", (call) => {
    const { id } = call.group("none");
    return list(call, (group) => group.parentId === id);
  }),
  route("GET", "/groups/:id/descendant_groups", (call) => {
    const { id } = call.group("none");
    return list(call, (group) => call.world.isBelow({ kind: "group", id: group.id }, { kind: "group", id }));
  }),
  route("POST", "/groups", post),
  route("PUT", "/groups/:id", put),
  route("POST", "/groups/:id/archive", (call) => archive(call, true)),
  route("POST", "/groups/:id/unarchive", (call) => archive(call, false)),
  route("DELETE", "/groups/:id", (call) => {
    removeGroup(call.world, call.group("owner"));
    return accepted();
  }),
];

function list(call: Call, wanted: (group: Group) => boolean): Answer {
  const { world } = call;
  const rows = world.state.groups
    .filter((group) => wanted(group) && call.sees(world.groupPath(group), group.visibility))
    .sort((one, other) => one.name.localeCompare(other.name) || one.id - other.id);
  return paginate(call, rows, (group) => presentGroup(call, group));
}

function post(call: Call): Answer {
  const { world } = call;
  const given = call.params({
    ...EDITABLE,
    name: { type: "string", required: true },
    path: { type: "string", required: true },
    parent_id: { type: "integer" },
  });
  const parent = world.group((given.parent_id as number | null | undefined) ?? null);
  if (typeof given.parent_id === "number" && parent === undefined) throw notFound("Group");
  // https://docs.gitlab.com/user/group/subgroups/: Maintainers and Owners, unless the parent says otherwise.
  if (parent !== undefined && call.level(world.groupPath(parent)) < LEVELS.maintainer) throw forbidden();
  const path = given.path as string;
  checkGroupPath(path);
  const fullPath = parent === undefined ? path : `${world.groupPath(parent)}/${path}`;
  if (isTaken(world, fullPath)) {
    const failures = inspect({ path: ["has already been taken"] }, world.settings.rubyHashes);
    throw message(400, `Failed to save group ${failures}`);
  }
  const group = createGroup(world, {
    name: given.name as string,
    path,
    description: (given.description as string | null | undefined) ?? "",
    visibility: (given.visibility as Visibility | null | undefined) ?? "private",
    parentId: parent?.id ?? null,
    creatorId: call.user.id,
    ...(given.share_with_group_lock === true ? { shareLocked: true } : {}),
  });
  world.pendingAuthorizations.add({ kind: "group", id: group.id }, world.settings.authorizationDelay);
  return created(presentGroup(call, group));
}

function put(call: Call): Answer {
  const group = call.group("owner");
  const given = call.params(EDITABLE);
  if (Object.keys(given).length === 0) {
    throw errorText(400, `${Object.keys(EDITABLE).join(", ")} are missing, at least one parameter must be provided`);
  }
  const path = (given.path as string | null | undefined) ?? group.path;
  checkGroupPath(path);
  const fullPath = [...call.world.groupPath(group).split("/").slice(0, -1), path].join("/");
  if (path.toLowerCase() !== group.path.toLowerCase() && isTaken(call.world, fullPath)) {
    throw message(400, { path: ["has already been taken"] });
  }
  moveGroup(call.world, group, () => {
    group.path = path;
  });
  group.name = (given.name as string | null | undefined) ?? group.name;
  group.description = (given.description as string | null | undefined) ?? group.description;
  group.visibility = (given.visibility as Visibility | null | undefined) ?? group.visibility;
  if (typeof given.share_with_group_lock === "boolean") group.shareLocked = given.share_with_group_lock;
  return ok(presentGroup(call, group));
}

function archive(call: Call, archived: boolean): Answer {
  const group = call.group("owner");
  group.archived = archived;
  return created(presentGroup(call, group));
}
