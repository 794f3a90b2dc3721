import { createHook } from "../hooks/save";
import { LEVELS, type Role } from "../world/access";
import { createGroup, createProject } from "../world/namespaces";
import type { Group, User, Visibility } from "../world/entities";
import type { World } from "../world/world";
import { POLICY, policyOf, storeAttributes, type CleanupPolicy } from "./attributes";
import type { Project } from "./row";

/** Many projects at once, put in place behind the API's back. */
export interface ProjectsSeed {
  readonly count: number;
  /** Full path of the group they are in, made when missing; `fleet` when absent. */
  readonly group?: string;
  /** What their paths begin with, before a number from 1; `service-` when absent. */
  readonly prefix?: string;
  /** Hooks that each of them has; none when absent. */
  readonly hooks?: number;
  readonly visibility?: Visibility;
  readonly topics?: readonly string[];
}

/** The ids of seeded projects, which follow each other. */
export interface SeededProjects {
  readonly firstId: number;
  readonly lastId: number;
}

/** What a real GitLab finds out by itself or learns from other calls: changed for one project. */
export interface ProjectChange {
  /** Branches besides the default one. */
  readonly branches?: readonly string[];
  /** A branch that somebody pushes a commit to. */
  readonly push?: string;
  /** Parts of the cleanup policy of the container registry, valid or not. */
  readonly cleanupPolicy?: Partial<CleanupPolicy>;
  /** Percentage by programming language. */
  readonly languages?: Readonly<Record<string, number>>;
  readonly customAttributes?: Readonly<Record<string, string>>;
  /** Direct members: role by user name; unknown users are made. */
  readonly members?: Readonly<Record<string, Role>>;
  /** Names of users who have contributed; unknown users are made. */
  readonly contributors?: readonly string[];
  /** Sizes and counts by GitLab's names; a snapshot is as big as `repository_size`. */
  readonly statistics?: Readonly<Record<string, number>>;
  readonly lastActivityAt?: string;
  readonly damaged?: readonly ("repository" | "wiki")[];
  /** Whether GitLab has given up updating the project's mirror. */
  readonly mirrorPaused?: boolean;
}

/** Makes many projects in one group. */
export function seedProjects(world: World, seed: ProjectsSeed): SeededProjects {
  const group = groupAt(world, seed.group ?? "fleet");
  const owner = { kind: "group", id: group.id } as const;
  const topics = seed.topics ?? [];
  const createdAt = world.now();
  world.addTopics(topics);
  const firstId = world.nextId("project");
  world.state.lastIds.project = firstId - 1;
  for (let number = 1; number <= seed.count; number += 1) {
    const path = `${seed.prefix ?? "service-"}${number}`;
    const project = createProject(world, {
      name: path,
      path,
      owner,
      creatorId: 1,
      visibility: seed.visibility ?? group.visibility,
      topics,
      createdAt,
      hasContent: true,
    });
    for (let hook = 1; hook <= (seed.hooks ?? 0); hook += 1) {
      createHook(world, { kind: "project", id: project.id }, { url: `https://hooks.example.com/${path}/${hook}` });
    }
  }
  return { firstId, lastId: firstId + seed.count - 1 };
}

/** Changes a project past the API. */
export function changeProject(world: World, project: Project, change: ProjectChange): void {
  const { members, contributors, mirrorPaused, customAttributes, push: pushed, cleanupPolicy, ...plain } = change;
  Object.assign(project, plain);
  if (pushed !== undefined) push(project, pushed);
  if (cleanupPolicy !== undefined) {
    storeAttributes(project, { [POLICY]: { ...policyOf(project), ...cleanupPolicy } as CleanupPolicy });
  }
  if (customAttributes !== undefined) project.customAttributes = { ...customAttributes };
  if (members !== undefined) {
    const levels = Object.entries(members).map(([name, role]) => [String(userNamed(world, name).id), LEVELS[role]]);
    project.members = Object.fromEntries(levels) as Record<string, number>;
  }
  if (contributors !== undefined) project.contributorIds = contributors.map((name) => userNamed(world, name).id);
  if (mirrorPaused !== undefined && project.mirror !== undefined) project.mirror.paused = mirrorPaused;
}

// The branch that the repository waits for is the default one from its first push on, until then any other that is there.
function push(project: Project, branch: string): void {
  const waitsFor = project.unbornBranch ?? (project.hasContent ? undefined : project.defaultBranch);
  if (!project.hasContent || branch === waitsFor) {
    if (project.hasContent) project.branches = [...(project.branches ?? []), project.defaultBranch];
    project.defaultBranch = branch;
    if (waitsFor === undefined || branch === waitsFor) delete project.unbornBranch;
    else project.unbornBranch = waitsFor;
  } else if (branch !== project.defaultBranch) {
    project.branches = [...new Set([...(project.branches ?? []), branch])];
  }
  project.hasContent = true;
}

function groupAt(world: World, path: string): Group {
  const known = world.groupAt(path);
  if (known !== undefined) return known;
  const parts = path.split("/");
  const last = parts.pop() ?? path;
  const parentId = parts.length === 0 ? null : groupAt(world, parts.join("/")).id;
  return createGroup(world, { name: last, path: last, description: "", visibility: "private", parentId });
}

function userNamed(world: World, username: string): User {
  return world.state.users.find((user) => user.username === username) ?? world.addUser(username, false);
}
