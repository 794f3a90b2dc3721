import { createHash } from "node:crypto";
import { Rendered } from "../http/answer";
import type { Call } from "../http/call";
import { LEVELS } from "../world/access";
import type { Settings } from "../world/settings";
import type { Group } from "../world/entities";
import { attribute, policyOf, shownAttributes } from "./attributes";
import { presentBasic, presentCustomAttributes, presentUser, renderMarkdown } from "./basic";
import { advance, importStatus } from "./jobs";
import { isMirror } from "./mirror";
import { sharesOf } from "./shares";
import type { Project, Share } from "./row";

const DAY_MS = 86_400_000;
const STATISTICS = [
  "commit_count",
  "storage_size",
  "repository_size",
  "wiki_size",
  "lfs_objects_size",
  "job_artifacts_size",
  "pipeline_artifacts_size",
  "packages_size",
  "snippets_size",
  "uploads_size",
  "container_registry_size",
] as const;

/** What one answer shows of a project besides the usual. */
export interface Shown {
  /** The answer is about this project alone, so its secrets may be in it. */
  readonly alone?: boolean;
  /** The read counts as one of those that wait for background work. */
  readonly poll?: boolean;
  /** The caller's access, as GETs show it. */
  readonly permissions?: boolean;
  readonly statistics?: boolean;
  readonly customAttributes?: boolean;
  readonly license?: boolean;
}

/**
 * A project as the caller may see it.
 * https://docs.gitlab.com/api/projects/#get-a-single-project
 */
export function presentProject(call: Call, project: Project, shown: Shown = {}): Record<string, unknown> {
  return { ...own(call, project, shown), ...attributes(call, project, shown) };
}

/** The same as JSON: far quicker for the many projects of a list, most of which have every attribute's initial value. */
export function renderProject(call: Call, project: Project, shown: Shown = {}): Rendered {
  if (project.attributes !== undefined) return new Rendered(JSON.stringify(presentProject(call, project, shown)));
  const { settings } = call.world;
  const level = levelOf(call, project);
  const key = `${level >= LEVELS.maintainer ? 1 : 0}${level >= LEVELS.admin ? 1 : 0}${shown.alone === true ? 1 : 0}`;
  const texts = INITIAL_TEXTS.get(settings) ?? new Map<string, string>();
  INITIAL_TEXTS.set(settings, texts);
  const initial = texts.get(key) ?? JSON.stringify(attributes(call, project, shown));
  texts.set(key, initial);
  return new Rendered(`${JSON.stringify(own(call, project, shown)).slice(0, -1)},${initial.slice(1)}`);
}

const INITIAL_TEXTS = new WeakMap<Settings, Map<string, string>>();

const levelOf = (call: Call, project: Project): number => call.level(call.world.projectPath(project));

function attributes(call: Call, project: Project, shown: Shown): Record<string, unknown> {
  const level = levelOf(call, project);
  return {
    ...shownAttributes(project, call.world.settings, (role) => level >= LEVELS[role], shown.alone === true),
    security_and_compliance_enabled: attribute(project, "security_and_compliance_access_level") !== "disabled",
  };
}

function own(call: Call, project: Project, shown: Shown): Record<string, unknown> {
  if (call.method === "GET") advance(project, shown.poll === true);
  const level = levelOf(call, project);
  const administers = level >= LEVELS.maintainer;
  return {
    ...presentBasic(call, project),
    ...(shown.license === true ? licence(call, project) : {}),
    ...(shown.customAttributes === true ? presentCustomAttributes(project) : {}),
    ...links(call, project),
    empty_repo: !project.hasContent,
    archived: project.archived,
    ...(project.owner.kind === "user" ? { owner: owner(call, project) } : {}),
    container_expiration_policy: policy(project),
    can_create_merge_request_in: level >= LEVELS.developer && !project.archived,
    service_desk_address: null,
    creator_id: project.creatorId,
    ...fork(call, project),
    ...(administers ? { import_url: project.importUrl ?? null, import_type: importType(project) } : {}),
    import_status: importStatus(project),
    ...(administers && shown.alone === true
      ? { import_error: failedWith(project), runners_token: runnersToken(project) }
      : {}),
    open_issues_count: 0,
    description_html: renderMarkdown(project.description),
    updated_at: project.updatedAt,
    ci_job_token_scope_enabled: false,
    runner_token_expiration_interval: null,
    ...mirror(call, project),
    shared_with_groups: sharesOf(project).flatMap((share) => presentShare(call, share)),
    ...(shown.statistics === true && level >= LEVELS.reporter ? { statistics: statistics(project) } : {}),
    marked_for_deletion_at: project.markedForDeletionOn,
    marked_for_deletion_on: project.markedForDeletionOn,
    compliance_frameworks: [],
    ...(shown.permissions === true ? { permissions: permissions(project, Math.min(level, LEVELS.owner)) } : {}),
  };
}

/** The little of a group that lists of places show. */
export function presentPlace({ world, origin }: Call, group: Group): Record<string, unknown> {
  const path = world.groupPath(group);
  return {
    id: group.id,
    web_url: `${origin}/groups/${path}`,
    name: group.name,
    avatar_url: null,
    full_name: world.groupName(group),
    full_path: path,
  };
}

/** A share as those see it who see its group; nothing for others. */
function presentShare(call: Call, share: Share): Record<string, unknown>[] {
  const { world } = call;
  const group = world.group(share.groupId);
  if (group === undefined || !call.sees(world.groupPath(group), group.visibility)) return [];
  return [
    {
      group_id: group.id,
      group_name: group.name,
      group_full_path: world.groupPath(group),
      group_access_level: share.access,
      expires_at: share.expiresAt,
      ...(share.memberRoleId === null ? {} : { member_role_id: share.memberRoleId }),
    },
  ];
}

function links({ world, origin, host }: Call, project: Project): Record<string, unknown> {
  const self = `${origin}/api/v4/projects/${project.id}`;
  const below = (path: string): string => `${self}/${path}`;
  return {
    container_registry_image_prefix: `registry.${host}/${world.projectPath(project).toLowerCase()}`,
    _links: {
      self,
      issues: below("issues"),
      merge_requests: below("merge_requests"),
      repo_branches: below("repository/branches"),
      labels: below("labels"),
      events: below("events"),
      members: below("members"),
      cluster_agents: below("cluster_agents"),
    },
  };
}

function owner(call: Call, project: Project): Record<string, unknown> | null {
  const user = call.world.user(project.owner.id);
  return user === undefined ? null : { ...presentUser(call, user), created_at: user.createdAt };
}

function licence({ world, origin }: Call, project: Project): Record<string, unknown> {
  if (!project.hasContent) return { license_url: null, license: null };
  return {
    license_url: `${origin}/${world.projectPath(project)}/-/blob/${project.defaultBranch}/LICENSE`,
    license: {
      key: "mit",
      name: "MIT License",
      nickname: null,
      html_url: "http://choosealicense.com/licenses/mit/",
      source_url: "https://opensource.org/licenses/MIT",
    },
  };
}

function policy(project: Project): Record<string, unknown> {
  const values = policyOf(project);
  const next = new Date(Date.parse(project.createdAt) + DAY_MS).toISOString();
  return { ...values, name_regex_delete: values.name_regex, next_run_at: next };
}

function fork(call: Call, project: Project): Record<string, unknown> {
  const source = project.forkedFromId === undefined ? undefined : call.world.project(project.forkedFromId);
  if (source === undefined) return {};
  return {
    mr_default_target_self: attribute(project, "mr_default_target_self"),
    ...(call.sees(call.world.projectPath(source), source.visibility)
      ? { forked_from_project: presentBasic(call, source) }
      : {}),
  };
}

function mirror({ world }: Call, project: Project): Record<string, unknown> {
  if (!world.settings.licence.includes("repository_mirrors")) return {};
  const { mirror: row } = project;
  if (row === undefined || !isMirror(project)) return { mirror: false };
  return {
    mirror: true,
    mirror_user_id: row.userId,
    mirror_trigger_builds: row.triggerBuilds,
    only_mirror_protected_branches: row.onlyProtectedBranches,
    mirror_overwrites_diverged_branches: row.overwritesDivergedBranches,
  };
}

function importType(project: Project): string | null {
  return project.importUrl === undefined ? null : "git";
}

function failedWith({ job }: Project): string | null {
  return job?.status === "failed" ? job.error : null;
}

function runnersToken({ id, createdAt }: Project): string {
  const digest = createHash("sha256").update(`runners ${id} ${createdAt}`).digest("base64url");
  return `GR1348941${digest.slice(0, 20)}`;
}

function statistics(project: Project): Record<string, number> {
  return Object.fromEntries(STATISTICS.map((name) => [name, project.statistics?.[name] ?? 0]));
}

function permissions({ owner }: Project, level: number): Record<string, unknown> {
  const access = level > 0 ? { access_level: level, notification_level: 3 } : null;
  return owner.kind === "user"
    ? { project_access: access, group_access: null }
    : { project_access: null, group_access: access };
}
