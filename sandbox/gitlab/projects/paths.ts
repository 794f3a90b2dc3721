import { errorText, message } from "../http/answer";
import { parameterize } from "../validation/parameterize";
import type { Owner } from "../world/entities";
import type { World } from "../world/world";
import type { Value } from "../http/params";
import type { Project } from "./row";

const FORMAT = /^[A-Za-z0-9_.][A-Za-z0-9_.-]*(?<!\.git|\.atom)$/;
const LEGAL = /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/;
const FORMAT_TEXT =
  "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'";
const LEGAL_TEXT =
  "can only include non-accented letters, digits, '_', '-' and '.'. " +
  "It must not start with '-', '_', or '.', nor end with '-', '_', '.', '.git', or '.atom'.";
const RESERVED = new Set(
  "- badges blame blob builds commits create create_dir edit files find_file new preview raw refs tree update wikis".split(
    " ",
  ),
);
const TAKEN = ["has already been taken"];

/** The name and path a request means, each made from the other when missing. Raises 400. */
export function nameAndPath(given: Readonly<Record<string, Value>>): { name: string; path: string } {
  const name = given.name as string | null | undefined;
  const path = given.path as string | null | undefined;
  if (name === undefined && path === undefined) {
    throw errorText(400, "name, path are missing, at least one parameter must be provided");
  }
  const result = {
    name: (present(name) ?? path ?? "").trim(),
    path: present(path) ?? pathFrom(name ?? ""),
  };
  checkPath(result.path);
  return result;
}

const present = (text: string | null | undefined): string | undefined => (text?.trim() ? text : undefined);

// A name with the form of a path is one, also where GitLab then refuses it.
const pathFrom = (name: string): string => (FORMAT.test(name) ? name : parameterize(name));

/** Raises 400 for what cannot be the last part of a project's full path. */
export function checkPath(path: string): void {
  const problems = path === "" ? ["can't be blank"] : [];
  if (!FORMAT.test(path)) problems.push(FORMAT_TEXT);
  if (!LEGAL.test(path)) problems.push(LEGAL_TEXT);
  if (RESERVED.has(path)) problems.push(`${path} is a reserved name`);
  if (problems.length > 0) throw message(400, { path: problems });
}

/** Raises 400 for what cannot be the last part of a group's full path. */
export function checkGroupPath(path: string): void {
  if (FORMAT.test(path) && !/[.-]$/.test(path)) return;
  throw message(400, {
    path: [
      "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', '.git' or '.atom'.",
    ],
  });
}

/** Raises 400 when a namespace already has a project of this name, or a project or group at this path. */
export function checkFree(world: World, owner: Owner, name: string, path: string, self?: Project): void {
  const fullPath = `${world.ownerPath(owner)}/${path}`;
  const there = world.projects.at(fullPath);
  const isPathTaken = (there !== undefined && there !== self) || world.groupAt(fullPath) !== undefined;
  const sameName = world.projects.of(owner).find((project) => project !== self && project.name === name);
  if (!isPathTaken && sameName === undefined) return;
  const twin = there ?? sameName;
  if (twin !== undefined && twin !== self && isBeingRemoved(world, twin)) {
    throw message(400, {
      "project_namespace.name": TAKEN,
      base: ["The project is still being deleted. Please try again later."],
    });
  }
  throw message(400, {
    "project_namespace.name": TAKEN,
    ...(sameName === undefined && there === undefined ? {} : { name: TAKEN }),
    ...(isPathTaken ? { path: TAKEN } : {}),
  });
}

/** Whether a project has been removed but still takes up its path. */
export function isBeingRemoved(world: World, { id }: Project): boolean {
  return world.state.removals?.some(({ projectId }) => projectId === id) === true;
}
