import { randomBytes } from "node:crypto";
import { message } from "../http/answer";
import { moveProject, removeProjects } from "../world/namespaces";
import { isAtLeast } from "../world/settings";
import type { World } from "../world/world";
import type { Project } from "./row";

const suffixOf = ({ id }: Project): string => `-deletion_scheduled-${id}`;

/** Marks a project for deletion: archived, and out of the way under another name and path from GitLab 18.0 on. */
export function markForDeletion(world: World, project: Project): void {
  const now = world.now();
  project.markedForDeletionOn = now.slice(0, 10);
  project.archived = true;
  project.updatedAt = now;
  if (!isAtLeast(world.settings, 18, 0)) return;
  const suffix = suffixOf(project);
  project.name += suffix;
  // No redirect is left behind: the old path is free for another project.
  world.projects.move(project, () => {
    project.path += suffix;
  });
}

/** Takes a project back; where its old name or path has another project by now, it gets one of its own. */
export function restore(world: World, project: Project): void {
  if (project.markedForDeletionOn === null) throw message(400, "Project has not been marked for deletion");
  const suffix = suffixOf(project);
  const [name, path] = [stripped(project.name, suffix), stripped(project.path, suffix)];
  const there = world.projects.at(`${world.ownerPath(project.owner)}/${path}`);
  const isTaken = there !== undefined && there !== project;
  const addition = isTaken ? `-${randomBytes(3).toString("hex").slice(0, 5)}` : "";
  project.markedForDeletionOn = null;
  project.archived = false;
  project.updatedAt = world.now();
  project.name = name + addition;
  world.projects.move(project, () => {
    project.path = path + addition;
  });
}

/** Removes a project: at once, or after the time that the instance takes, during which its path stays taken. */
export function remove(world: World, project: Project): void {
  const { removalTime } = world.settings;
  if (removalTime === 0) removeProjects(world, [project]);
  else (world.state.removals ??= []).push({ projectId: project.id, at: Date.now() + removalTime });
}

/** Removes the projects whose time has come. */
export function sweep(world: World): void {
  const due = world.state.removals?.filter(({ at }) => at <= Date.now()) ?? [];
  if (due.length === 0) return;
  removeProjects(
    world,
    due.flatMap(({ projectId }) => world.project(projectId) ?? []),
  );
  world.revision += 1;
}

/** Removes every project that is marked for deletion, as if its time were over, and ends the removals under way. */
export function removeMarked(world: World): number {
  const pending = new Set(world.state.removals?.map(({ projectId }) => projectId));
  const gone = world.state.projects.filter(
    ({ id, markedForDeletionOn }) => markedForDeletionOn !== null || pending.has(id),
  );
  removeProjects(world, gone);
  return gone.length;
}

/** Puts a project elsewhere, where its old path leads to. */
export function transfer(world: World, project: Project, owner: Project["owner"]): void {
  moveProject(world, project, () => {
    project.owner = owner;
  });
  project.updatedAt = world.now();
}

const stripped = (text: string, suffix: string): string =>
  text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
