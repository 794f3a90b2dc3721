import { createHash } from "node:crypto";
import type { Call } from "../http/call";
import { presentCustomAttributes } from "../projects/basic";
import { presentProject } from "../projects/response";
import { sharesOf } from "../projects/shares";
import { LEVELS } from "../world/access";
import type { Group } from "../world/entities";
import { shownAttributes } from "./attributes";

const MOST_PROJECTS = 100;

/** What one answer shows of a group besides the usual. */
export interface Shown {
  /** The answer is about this group alone. */
  readonly alone?: boolean;
  /** Its projects and those shared with it are in the answer. */
  readonly projects?: boolean;
  readonly customAttributes?: boolean;
}

/**
 * A group as the caller may see it.
 * https://docs.gitlab.com/api/groups/#get-a-single-group
 */
export function presentGroup(call: Call, group: Group, shown: Shown = {}): Record<string, unknown> {
  const { world, origin } = call;
  const path = world.groupPath(group);
  const isOwner = call.level(path) >= LEVELS.owner;
  const alone = shown.alone === true;
  return {
    id: group.id,
    web_url: `${origin}/groups/${path}`,
    name: group.name,
    path: group.path,
    description: group.description,
    visibility: group.visibility,
    ...shownAttributes(group, isOwner, alone),
    archived: world.isArchived({ kind: "group", id: group.id }),
    avatar_url: avatarUrl(call, group),
    full_name: world.groupName(group),
    full_path: path,
    created_at: group.createdAt,
    parent_id: group.parentId,
    ...(shown.customAttributes === true ? presentCustomAttributes(group) : {}),
    marked_for_deletion_on: null,
    ...(alone ? { shared_with_groups: [] } : {}),
    ...(alone && isOwner ? { runners_token: runnersToken(group) } : {}),
    ...(shown.projects === true ? projects(call, group) : {}),
  };
}

function avatarUrl({ origin }: Call, { id, avatar }: Group): string | null {
  if (avatar === undefined) return null;
  return `${origin}/uploads/-/system/group/avatar/${id}/${encodeURIComponent(avatar.name)}`;
}

function runnersToken({ id, createdAt }: Group): string {
  const digest = createHash("sha256").update(`group runners ${id} ${createdAt}`).digest("base64url");
  return `GR1348941${digest.slice(0, 20)}`;
}

function projects(call: Call, { id }: Group): Record<string, unknown> {
  const { world } = call;
  const own = world.projects.of({ kind: "group", id });
  const shared = world.state.projects.filter((project) => sharesOf(project).some(({ groupId }) => groupId === id));
  const present = (list: typeof own): unknown[] =>
    list
      .filter((project) => call.seesProject(project))
      .slice(0, MOST_PROJECTS)
      .map((project) => presentProject(call, project));
  return { projects: present(own), shared_projects: present(shared) };
}
