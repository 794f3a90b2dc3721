import { ApiError, message, notFound } from "../http/answer";
import type { Call } from "../http/call";
import { createProject } from "../world/namespaces";
import { LEVELS } from "../world/access";
import type { Owner, Visibility } from "../world/entities";
import { attribute, storeAttributes, type Given } from "./attributes";
import { newJob } from "./jobs";
import { checkFree, checkPath } from "./paths";
import type { Project } from "./row";
import { checkLimit } from "./save";
import { checkValues, checkVisibility, lower } from "./validation";

/** Begins to fork a project. Raises 404 for a namespace or branch that is not there, 409 for everything else. */
export function forkFrom(call: Call, source: Project, given: Given): Project {
  const { world } = call;
  if (attribute(source, "forking_access_level") === "disabled") throw notFound();
  checkBranches(source, given.branches);
  const owner = targetOf(call, given);
  const name = (given.name as string | null | undefined) ?? source.name;
  const path = (given.path as string | null | undefined) ?? source.path;
  const group = owner.kind === "group" ? world.group(owner.id) : undefined;
  const most = group === undefined ? source.visibility : lower(source.visibility, group.visibility);
  const visibility = (given.visibility as Visibility | null | undefined) ?? most;
  conflicting(() => {
    checkPath(path);
    checkValues({ name });
    checkFree(world, owner, name, path);
    checkVisibility(visibility, { restricted: [], group, source: source.visibility });
    checkLimit(world, owner);
  });
  const fork = createProject(world, {
    name,
    path,
    owner,
    creatorId: call.user.id,
    description: (given.description as string | null | undefined) ?? source.description,
    visibility,
    topics: source.topics,
    defaultBranch: source.defaultBranch,
  });
  if (given.mr_default_target_self === true) storeAttributes(fork, { mr_default_target_self: true });
  if (source.branches !== undefined && isBlank(given.branches)) fork.branches = source.branches;
  if (source.languages !== undefined) fork.languages = source.languages;
  world.projects.relate(fork, source.id);
  fork.job = newJob(world, "fork");
  return fork;
}

/** Makes an existing project the fork of another. Raises 400, 401, 404 and 409. */
export function relate(call: Call, project: Project, sourceId: number): void {
  const { world } = call;
  const source = world.project(sourceId);
  if (source === undefined || !call.seesProject(source)) throw notFound("Project");
  if (call.level(world.ownerPath(project.owner)) < LEVELS.developer) {
    throw message(401, "401 Unauthorized - Target Namespace");
  }
  if (project.forkedFromId !== undefined) throw message(409, "Project already forked");
  if (source === project) throw message(400, "Forked from project is invalid");
  world.projects.relate(project, source.id);
}

function targetOf(call: Call, given: Given): Owner {
  const { world, user } = call;
  const text = (given.namespace_path ?? given.namespace_id ?? given.namespace ?? null) as string | number | null;
  if (text === null) return { kind: "user", id: user.id };
  const wanted = String(text);
  const isId = given.namespace_path == null && /^\d+$/.test(wanted);
  const group = isId ? world.group(Number(wanted)) : world.groupAt(wanted);
  if (group !== undefined && call.level(world.groupPath(group)) >= LEVELS.developer) {
    return { kind: "group", id: group.id };
  }
  const isOwn = isId ? Number(wanted) === user.id : wanted.toLowerCase() === user.username.toLowerCase();
  if (group !== undefined || !isOwn) throw notFound("Target Namespace");
  return { kind: "user", id: user.id };
}

function checkBranches(source: Project, branches: unknown): void {
  if (isBlank(branches)) return;
  const known = source.hasContent ? [source.defaultBranch, ...(source.branches ?? [])] : [];
  if (!known.includes(branches as string)) throw notFound("Source Branch");
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === "";

// Whatever is wrong with a fork, GitLab answers 409.
function conflicting(check: () => void): void {
  try {
    check();
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem;
    const { message: failures, error } = problem.body as { readonly message?: unknown; readonly error?: unknown };
    throw message(409, failures ?? { limit_reached: error });
  }
}
