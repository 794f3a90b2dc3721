import type { Call } from "../http/call";
import { LEVELS } from "../world/access";
import type { Group, Project } from "../world/state";

/** A project as GitLab shows it in lists and alone; `permissions` reflects the caller's role. */
export function presentProject(call: Call, project: Project): Record<string, unknown> {
  const { world, origin } = call;
  const path = world.projectPath(project);
  const host = new URL(origin).hostname;
  const level = Math.min(call.level(path), LEVELS.owner);
  return {
    id: project.id,
    description: project.description,
    name: project.name,
    name_with_namespace: `${ownerName(call, project)} / ${project.name}`,
    path: project.path,
    path_with_namespace: path,
    created_at: project.createdAt,
    updated_at: project.updatedAt,
    default_branch: project.defaultBranch,
    tag_list: project.topics,
    topics: project.topics,
    ssh_url_to_repo: `git@${host}:${path}.git`,
    http_url_to_repo: `${origin}/${path}.git`,
    web_url: `${origin}/${path}`,
    readme_url: project.hasContent ? `${origin}/${path}/-/blob/${project.defaultBranch}/README.md` : null,
    forks_count: 0,
    avatar_url: null,
    star_count: 0,
    last_activity_at: project.updatedAt,
    visibility: project.visibility,
    namespace: presentOwner(call, project),
    creator_id: project.creatorId,
    import_status: "none",
    empty_repo: !project.hasContent,
    archived: project.archived,
    marked_for_deletion_at: project.markedForDeletionOn,
    marked_for_deletion_on: project.markedForDeletionOn,
    shared_with_groups: [],
    permissions: {
      project_access: null,
      group_access: level > 0 ? { access_level: level, notification_level: 3 } : null,
    },
  };
}

/** A group as GitLab shows it. */
export function presentGroup(call: Call, group: Group): Record<string, unknown> {
  const { world, origin } = call;
  const path = world.groupPath(group);
  return {
    id: group.id,
    web_url: `${origin}/groups/${path}`,
    name: group.name,
    path: group.path,
    description: group.description,
    visibility: group.visibility,
    avatar_url: null,
    full_name: world.groupName(group),
    full_path: path,
    created_at: group.createdAt,
    parent_id: group.parentId,
    marked_for_deletion_on: null,
  };
}

function ownerName(call: Call, { owner }: Project): string {
  const group = owner.kind === "group" ? call.world.group(owner.id) : undefined;
  if (group !== undefined) return call.world.groupName(group);
  return call.world.state.users.find(({ id }) => id === owner.id)?.name ?? "";
}

function presentOwner(call: Call, { owner }: Project): Record<string, unknown> {
  const { world, origin } = call;
  const fullPath = world.ownerPath(owner);
  const group = owner.kind === "group" ? world.group(owner.id) : undefined;
  const user = world.state.users.find(({ id }) => id === owner.id);
  return {
    id: owner.id,
    name: group?.name ?? user?.name,
    path: group?.path ?? user?.username,
    kind: owner.kind,
    full_path: fullPath,
    parent_id: group?.parentId ?? null,
    avatar_url: null,
    web_url: group === undefined ? `${origin}/${fullPath}` : `${origin}/groups/${fullPath}`,
  };
}
