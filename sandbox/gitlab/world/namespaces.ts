import { createRowsFromDefaults } from "../integrations/inheritance";
import { copyPredefinedRule } from "../push-rules/rules";
import type { Group, Owner, Project, Scope, Visibility } from "./state";
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
}

/** Makes a project, with the integrations and push rules it gets from the levels above. */
export function createProject(world: World, given: NewProject): Project {
  const now = world.now();
  const project: Project = {
    id: world.nextId("project"),
    name: given.name,
    path: given.path,
    owner: given.owner,
    description: given.description ?? null,
    visibility: given.visibility ?? "private",
    defaultBranch: given.defaultBranch ?? "main",
    topics: [...(given.topics ?? [])],
    archived: false,
    createdAt: now,
    updatedAt: now,
    creatorId: given.creatorId,
    markedForDeletionOn: null,
    hasContent: given.hasContent ?? false,
  };
  world.state.projects.push(project);
  createRowsFromDefaults(world, { kind: "project", id: project.id });
  copyPredefinedRule(world, project);
  return project;
}

/** Whether another project or group already has this path in this namespace. */
export function isTaken(world: World, fullPath: string): boolean {
  return world.projectAt(fullPath) !== undefined || world.groupAt(fullPath) !== undefined;
}

/** Runs a change of paths and remembers where the projects below used to be. */
export function keepingFormerPaths(world: World, change: () => void): void {
  const before = world.state.projects.map((project) => ({ project, path: world.projectPath(project) }));
  change();
  for (const { project, path } of before) {
    const now = world.projectPath(project).toLowerCase();
    if (now !== path.toLowerCase()) world.state.formerPaths[path.toLowerCase()] = project.id;
    forgetFormerPath(world, now);
  }
}

/** Removes a project with everything in it. */
export function removeProject(world: World, project: Project): void {
  removeContents(world, { kind: "project", id: project.id });
  world.state.projects = world.state.projects.filter(({ id }) => id !== project.id);
  const kept = Object.entries(world.state.formerPaths).filter(([, id]) => id !== project.id);
  world.state.formerPaths = Object.fromEntries(kept);
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
  const projects = world.state.projects.filter(({ owner }) => owner.kind === "group" && owner.id === group.id);
  for (const project of projects) removeProject(world, project);
  removeContents(world, { kind: "group", id: group.id });
  world.state.groups = world.state.groups.filter(({ id }) => id !== group.id);
}

function removeContents({ state }: World, scope: Scope): void {
  const elsewhere = (row: { scope: Scope }): boolean => row.scope.kind !== scope.kind || row.scope.id !== scope.id;
  state.hooks = state.hooks.filter(elsewhere);
  state.integrations = state.integrations.filter(elsewhere);
  state.pushRules = state.pushRules.filter(elsewhere);
  state.notifications = state.notifications.filter(elsewhere);
}

function forgetFormerPath(world: World, path: string): void {
  const kept = Object.entries(world.state.formerPaths).filter(([former]) => former !== path);
  world.state.formerPaths = Object.fromEntries(kept);
}
