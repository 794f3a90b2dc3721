import type { Call } from "../http/call";
import type { User } from "../world/entities";
import type { Project } from "./row";

/** What `simple=true` shows of a project, and what a fork shows of its source. */
export function presentBasic(call: Call, project: Project): Record<string, unknown> {
  const { world, origin, host } = call;
  const path = world.projectPath(project);
  return {
    id: project.id,
    description: project.description,
    name: project.name,
    name_with_namespace: `${ownerName(call, project)} / ${project.name}`,
    path: project.path,
    path_with_namespace: path,
    created_at: project.createdAt,
    default_branch: project.defaultBranch,
    tag_list: project.topics,
    topics: project.topics,
    ssh_url_to_repo: `git@${host}:${path}.git`,
    http_url_to_repo: `${origin}/${path}.git`,
    web_url: `${origin}/${path}`,
    readme_url: project.hasContent ? `${origin}/${path}/-/blob/${project.defaultBranch}/README.md` : null,
    forks_count: world.projects.forksOf(project.id).length,
    avatar_url:
      project.avatar === undefined
        ? null
        : `${origin}/uploads/-/system/project/avatar/${project.id}/${encodeURIComponent(project.avatar.name)}`,
    star_count: project.stars?.length ?? 0,
    last_activity_at: project.lastActivityAt ?? project.updatedAt,
    visibility: project.visibility,
    namespace: presentOwner(call, project),
  };
}

/** A user as lists show one. */
export function presentUser(call: Call, user: User): Record<string, unknown> {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    state: "active",
    locked: false,
    avatar_url: null,
    web_url: `${call.origin}/${user.username}`,
  };
}

/** The custom attributes of a project or group. */
export function presentCustomAttributes({
  customAttributes = {},
}: {
  readonly customAttributes?: Readonly<Record<string, string>>;
}): Record<string, unknown> {
  return { custom_attributes: Object.entries(customAttributes).map(([key, value]) => ({ key, value })) };
}

/** A short text as GitLab renders it. */
export function renderMarkdown(text: string | null): string {
  if (text === null || text === "") return "";
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<p data-sourcepos="1:1-1:${Buffer.byteLength(text)}" dir="auto">${escaped}</p>`;
}

function ownerName({ world }: Call, { owner }: Project): string {
  const group = owner.kind === "group" ? world.group(owner.id) : undefined;
  return group === undefined ? (world.user(owner.id)?.name ?? "") : world.groupName(group);
}

function presentOwner({ world, origin }: Call, { owner }: Project): Record<string, unknown> {
  const fullPath = world.ownerPath(owner);
  const group = owner.kind === "group" ? world.group(owner.id) : undefined;
  const user = world.user(owner.id);
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
