import { accepted, created, errorText, forbidden, message, notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import { Upload, type Params } from "../http/params";
import { attributeParams, checkAttributes, storeAttributes } from "../groups/attributes";
import { presentGroup } from "../groups/response";
import type { Given } from "../projects/attributes";
import { checkGroupPath } from "../projects/paths";
import { checkAvatar } from "../projects/validation";
import { inspect } from "../validation/ruby";
import { LEVELS } from "../world/access";
import { createGroup, isTaken, moveGroup, removeGroup } from "../world/namespaces";
import type { Group, Visibility } from "../world/entities";
import { route, type Route } from "./route";

const NAMED: Params = {
  name: { type: "string" },
  path: { type: "string" },
  description: { type: "string" },
  visibility: { type: "string", values: ["private", "internal", "public"] },
  avatar: { type: "file" },
};

const EDIT_PARAMS: Params = { ...NAMED, ...attributeParams("edit") };

const CREATE_PARAMS: Params = {
  ...NAMED,
  ...attributeParams("create"),
  name: { type: "string", required: true },
  path: { type: "string", required: true },
  parent_id: { type: "integer" },
};

/** Groups: listed, read, made, edited, archived and deleted, with their subgroups and projects. */
export const GROUP_ROUTES: readonly Route[] = [
  route("GET", "/groups", (call) => {
    const { top_level_only: top } = call.params({ top_level_only: { type: "boolean" } });
    return list(call, (group) => top !== true || group.parentId === null);
  }),
  route("GET", "/groups/:id", get),
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

function get(call: Call): Answer {
  const group = call.group("none");
  const given = call.params({ with_projects: { type: "boolean" }, with_custom_attributes: { type: "boolean" } });
  return ok(
    presentGroup(call, group, {
      alone: true,
      projects: given.with_projects !== false,
      customAttributes: given.with_custom_attributes === true && call.token.role === "admin",
    }),
  );
}

function list(call: Call, wanted: (group: Group) => boolean): Answer {
  const { world } = call;
  const isAdmin = call.token.role === "admin";
  const given = call.params({
    search: { type: "string" },
    custom_attributes: { type: "map" },
    with_custom_attributes: { type: "boolean" },
  });
  const text = typeof given.search === "string" ? given.search.toLowerCase() : "";
  const custom = Object.entries((isAdmin ? (given.custom_attributes as Record<string, string> | null) : null) ?? {});
  const rows = world.state.groups
    .filter((group) => wanted(group) && call.sees(world.groupPath(group), group.visibility))
    .filter((group) => `${group.name} ${group.path}`.toLowerCase().includes(text))
    .filter(({ customAttributes }) => custom.every(([key, value]) => customAttributes?.[key] === value))
    .sort((one, other) => one.name.localeCompare(other.name) || one.id - other.id);
  const customAttributes = isAdmin && given.with_custom_attributes === true;
  return paginate(call, rows, (group) => presentGroup(call, group, { customAttributes }));
}

function post(call: Call): Answer {
  const { world } = call;
  const given = call.params(CREATE_PARAMS);
  const parent = world.group((given.parent_id as number | null | undefined) ?? null);
  if (typeof given.parent_id === "number" && parent === undefined) throw notFound("Group");
  if (parent !== undefined && call.level(world.groupPath(parent)) < levelForSubgroups(parent)) throw forbidden();
  const path = given.path as string;
  checkGroupPath(path);
  const fullPath = parent === undefined ? path : `${world.groupPath(parent)}/${path}`;
  if (isTaken(world, fullPath)) {
    const failures = inspect({ path: ["has already been taken"] }, world.settings.rubyHashes);
    throw message(400, `Failed to save group ${failures}`);
  }
  checkSettings(call, given);
  const group = createGroup(world, {
    name: given.name as string,
    path,
    description: (given.description as string | null | undefined) ?? "",
    visibility: (given.visibility as Visibility | null | undefined) ?? "private",
    parentId: parent?.id ?? null,
    creatorId: call.user.id,
  });
  storeSettings(group, given);
  world.pendingAuthorizations.add({ kind: "group", id: group.id }, world.settings.authorizationDelay);
  return created(presentGroup(call, group, { alone: true }));
}

// https://docs.gitlab.com/user/group/subgroups/: Maintainers and Owners, unless the parent says otherwise.
function levelForSubgroups({ attributes }: Group): number {
  return attributes?.subgroup_creation_level === "owner" ? LEVELS.owner : LEVELS.maintainer;
}

function put(call: Call): Answer {
  const group = call.group("owner");
  const given = call.params(EDIT_PARAMS);
  if (Object.keys(given).length === 0) {
    throw errorText(400, `${Object.keys(EDIT_PARAMS).join(", ")} are missing, at least one parameter must be provided`);
  }
  const path = (given.path as string | null | undefined) ?? group.path;
  checkGroupPath(path);
  const fullPath = [...call.world.groupPath(group).split("/").slice(0, -1), path].join("/");
  if (path.toLowerCase() !== group.path.toLowerCase() && isTaken(call.world, fullPath)) {
    throw message(400, { path: ["has already been taken"] });
  }
  checkSettings(call, given);
  moveGroup(call.world, group, () => {
    group.path = path;
  });
  group.name = (given.name as string | null | undefined) ?? group.name;
  group.description = (given.description as string | null | undefined) ?? group.description;
  group.visibility = (given.visibility as Visibility | null | undefined) ?? group.visibility;
  storeSettings(group, given);
  return ok(presentGroup(call, group, { alone: true, projects: true }));
}

// Quotas of compute minutes are for administrators to set.
function checkSettings(call: Call, given: Given): void {
  checkAttributes(given);
  if (given.avatar instanceof Upload) checkAvatar(given.avatar);
  const quotas = [given.shared_runners_minutes_limit, given.extra_shared_runners_minutes_limit];
  if (call.token.role !== "admin" && quotas.some((quota) => quota !== undefined)) throw forbidden();
}

function storeSettings(group: Group, given: Given): void {
  storeAttributes(group, given);
  const { avatar } = given;
  if (avatar instanceof Upload) {
    group.avatar = { name: avatar.name, type: avatar.type, content: avatar.content.toString("base64") };
  } else if (avatar === null) delete group.avatar;
}

function archive(call: Call, archived: boolean): Answer {
  const group = call.group("owner");
  group.archived = archived;
  return created(presentGroup(call, group, { alone: true }));
}
