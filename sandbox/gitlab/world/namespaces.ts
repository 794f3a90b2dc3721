import { createRowsFromDefaults } from "../integrations/inheritance";
import { copyPredefinedRule } from "../push-rules/rules";
import type { Group, Owner, Scope, Visibility } from "./entities";
import type { Project } from "../projects/row";
import type { World } from "./world";

/** What a new project is made of. */
export interface NewProject {
  readonly name: string;
  readonly path: string;
  readonly owner: Owner;
  readonly creatorId: number;
  readonly description?: string | null;
  readonly visibility?: Visibility;
  readonly defaultBranch?: string;
  readonly topics?: readonly string[];
  readonly hasContent?: boolean;
  /** Now when absent. */
  readonly createdAt?: string;
}

const NO_TOPICS: readonly string[] = [];

/** Makes a project, with the integrations and push rules it gets from the levels above. */
export function createProject(world: World, given: NewProject): Project {
  const now = given.createdAt ?? world.now();
  const project: Project = {
    id: world.nextId("project"),
    name: given.name,
    path: given.path,
    owner: given.owner,
    description: given.description ?? null,
    visibility: given.visibility ?? "private",
    defaultBranch: given.defaultBranch ?? "main",
    topics: given.topics ?? NO_TOPICS,
    archived: false,
    createdAt: now,
    updatedAt: now,
    creatorId: given.creatorId,
    markedForDeletionOn: null,
    hasContent: given.hasContent ?? false,
  };
  world.projects.add(project);
  forgetFormerPath(world, world.projectPath(project));
  createRowsFromDefaults(world, { kind: "project", id: project.id });
  copyPredefinedRule(world, project);
  return project;
}

/** Whether another project or group already has this path in this namespace. */
export function isTaken(world: World, fullPath: string): boolean {
  return world.projectAt(fullPath) !== undefined || world.groupAt(fullPath) !== undefined;
}

/** Changes where one project is, and remembers where it used to be. */
export function moveProject(world: World, project: Project, change: () => void): void {
  const before = world.projectPath(project);
  world.projects.move(project, change);
  rememberMove(world, project, before);
}

/** Changes where a group is, and remembers where the projects below it used to be. */
export function moveGroup(world: World, group: Group, change: () => void): void {
  const above: Scope = { kind: "group", id: group.id };
  const inside = world.state.projects.filter(({ id }) => world.isBelow({ kind: "project", id }, above));
  const before = inside.map((project) => world.projectPath(project));
  change();
  world.projects.forgetPlaces();
  inside.forEach((project, index) => {
    rememberMove(world, project, before[index] ?? "");
  });
}

/** Removes projects with everything in them; their forks stand alone from then on. */
export function removeProjects(world: World, projects: readonly Project[]): void {
  const ids = new Set(projects.map(({ id }) => id));
  const { state } = world;
  removeContents(world, ({ kind, id }) => kind === "project" && ids.has(id));
  world.projects.remove(new Set(projects));
  state.formerPaths = Object.fromEntries(Object.entries(state.formerPaths).filter(([, id]) => !ids.has(id)));
  if (state.removals !== undefined) state.removals = state.removals.filter(({ projectId }) => !ids.has(projectId));
}

/** Makes a group, with the integrations it gets from the levels above. */
export function createGroup(world: World, given: Omit<Group, "id" | "createdAt">): Group {
  const group: Group = { ...given, id: world.nextId("group"), createdAt: world.now() };
  world.state.groups.push(group);
  createRowsFromDefaults(world, { kind: "group", id: group.id });
  return group;
}

/** Removes a group with its subgroups and projects. */
export function removeGroup(world: World, group: Group): void {
  for (const child of world.state.groups.filter(({ parentId }) => parentId === group.id)) removeGroup(world, child);
  removeProjects(world, world.projects.of({ kind: "group", id: group.id }));
  removeContents(world, ({ kind, id }) => kind === "group" && id === group.id);
  world.state.groups = world.state.groups.filter(({ id }) => id !== group.id);
}

function removeContents({ state }: World, isGone: (scope: Scope) => boolean): void {
  const stays = (row: { scope: Scope }): boolean => !isGone(row.scope);
  state.hooks = state.hooks.filter(stays);
  state.integrations = state.integrations.filter(stays);
  state.pushRules = state.pushRules.filter(stays);
  state.notifications = state.notifications.filter(stays);
}

function rememberMove(world: World, project: Project, before: string): void {
  const now = world.projectPath(project).toLowerCase();
  if (now !== before.toLowerCase()) world.state.formerPaths[before.toLowerCase()] = project.id;
  forgetFormerPath(world, now);
}

function forgetFormerPath({ state }: World, path: string): void {
  Reflect.deleteProperty(state.formerPaths, path.toLowerCase());
}
