import { message, notFound } from "../http/answer";
import type { Call } from "../http/call";
import type { Group } from "../world/entities";
import type { Given } from "./attributes";
import type { Project, Share } from "./row";

/** Access levels a group may be given. */
export const SHARE_LEVELS = [5, 10, 15, 20, 25, 30, 40, 50];

/** The groups a project is shared with today. */
export function sharesOf(project: Project): readonly Share[] {
  if (project.shares === undefined) return [];
  const today = new Date().toISOString().slice(0, 10);
  return project.shares.filter(({ expiresAt }) => expiresAt === null || expiresAt > today);
}

/** Shares a project with a group. Raises 400, 404 and 409 as GitLab does. */
export function shareWith(call: Call, project: Project, given: Given): Share {
  const { world } = call;
  const owner = project.owner.kind === "group" ? world.group(project.owner.id) : undefined;
  if (owner?.attributes?.share_with_group_lock === true)
    throw message(400, "The project sharing with group is disabled");
  const group = world.group(given.group_id as number);
  if (group === undefined || !call.sees(world.groupPath(group), group.visibility)) throw message(404, "Not Found");
  const shares = sharesOf(project);
  if (shares.some(({ groupId }) => groupId === group.id)) throw message(409, "Group already shared with this group");
  if (isAbove(call, project, group)) {
    throw message(409, "Project cannot be shared with the group it is in or one of its ancestors.");
  }
  const expiresAt = given.expires_at as string | null | undefined;
  const share: Share = {
    id: world.nextId("share"),
    groupId: group.id,
    access: given.group_access as number,
    expiresAt: expiresAt?.slice(0, 10) ?? null,
    memberRoleId: (given.member_role_id as number | null | undefined) ?? null,
    createdAt: world.now(),
  };
  project.shares = [...shares, share];
  return share;
}

/** Ends sharing with a group. Raises 404 when the project is not shared with it. */
export function unshare(project: Project, groupId: number): void {
  const shares = sharesOf(project);
  if (!shares.some((share) => share.groupId === groupId)) throw notFound("Group Link");
  project.shares = shares.filter((share) => share.groupId !== groupId);
}

function isAbove({ world }: Call, project: Project, { id }: Group): boolean {
  return world.ancestors({ kind: "project", id: project.id }).some((group) => group.id === id);
}
