import { setTimeout as sleep } from "node:timers/promises";
import { GitLabError, path, under, type ApiPath, type Client } from "../client";
import { isObject } from "../core/json";
import { makeOnce, makeSubgroup, type RunGroup } from "./group";
import type { AllowedWrites } from "./allowed-writes";

/** The projects and groups that the classes of a run are tried in. */
export interface Places {
  /** Holds the projects, and has no objects of its own, which GitLab would hand down to them. */
  readonly projectsGroup: RunGroup;
  /** For objects with all arguments, and for those with the least. */
  readonly projects: readonly [number, number];
  readonly groups: readonly [number, number];
  /** For projects to be shared with or moved into, which other classes would see in the group. */
  readonly others: readonly [number, number];
  /** For what shows in the project itself, where another class would see it: shares, forks and mirrors. */
  readonly linked: readonly [number, number];
  /** Projects that others can be forks of. */
  readonly sources: readonly [number, number];
}

/** How long GitLab may take until a new project answers to all requests, in milliseconds. */
const longestSettling = 60_000;

/** Makes the projects and groups of a run, and waits until GitLab answers for all of them. */
export async function makePlaces(client: Client, allowedWrites: AllowedWrites, root: RunGroup): Promise<Places> {
  const group = (name: string) => makeSubgroup(client, allowedWrites, root, name);
  const projectsGroup = await group("projects");
  const groups = [await group("one"), await group("two")] as const;
  const others = [await group("three"), await group("four")] as const;
  const project = (name: string) => makeProject(client, allowedWrites, projectsGroup, name);
  const projects = [await project("one"), await project("two")] as const;
  const linked = [await project("three"), await project("four")] as const;
  const sources = [await project("five"), await project("six")] as const;
  // GitLab works out in the background who may do what in them, and answers 404 meanwhile.
  for (const id of [...projects, ...linked, ...sources]) await settled(client, path`/projects/${id}`, path`/hooks`);
  for (const { id } of groups) await settled(client, path`/groups/${id}`, path`/notification_settings`);
  return {
    projectsGroup,
    projects,
    groups: [groups[0].id, groups[1].id],
    others: [others[0].id, others[1].id],
    linked,
    sources,
  };
}

async function makeProject(
  client: Client,
  allowedWrites: AllowedWrites,
  group: RunGroup,
  name: string,
): Promise<number> {
  const project = {
    name,
    path: name,
    namespace_id: group.id,
    visibility: "private",
    emails_enabled: false,
    auto_devops_enabled: false,
    shared_runners_enabled: false,
  };
  const own = path`/projects/${`${group.path}/${name}`}`;
  const { body } = await makeOnce(client, path`/projects`, project, own);
  const { id } = isObject(body) ? body : {};
  if (typeof id !== "number") throw new Error("POST /projects: the response shows no project");
  allowedWrites.projects.add(id);
  return id;
}

async function settled(client: Client, parent: ApiPath, below: ApiPath): Promise<void> {
  for (const end = Date.now() + longestSettling; ;) {
    try {
      await client.get(under(parent, below), { per_page: 1 });
      return;
    } catch (error) {
      const isEarly = error instanceof GitLabError && [403, 404].includes(error.status);
      if (!isEarly || Date.now() > end) throw error;
      await sleep(500);
    }
  }
}
