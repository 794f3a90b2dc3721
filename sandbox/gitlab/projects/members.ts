import { message } from "../http/answer";
import type { Call } from "../http/call";
import { LEVELS, levelOn } from "../world/access";
import type { User } from "../world/entities";
import type { World } from "../world/world";
import type { Project } from "./row";

/** The users who may work in a project: its direct members, its owner and those whose tokens have a role there. */
export function usersOf(world: World, project: Project): readonly User[] {
  const path = world.projectPath(project);
  const ids = new Set(Object.keys(project.members ?? {}).map(Number));
  if (project.owner.kind === "user") ids.add(project.owner.id);
  for (const token of world.tokens.values()) {
    if (levelOn(token, path) >= LEVELS.guest) ids.add(world.userOf(token).id);
  }
  return world.state.users.filter(({ id }) => ids.has(id));
}

/** What comes of an import of members. */
export interface ImportResult {
  readonly status: "success" | "error";
  /** What went wrong, by user name. */
  readonly message?: Readonly<Record<string, string>>;
  readonly total_members_count?: number;
}

/**
 * Gives the direct members of one project their roles in another; nobody gets more than the caller has.
 * Raises 422 when nothing could be imported at all.
 */
export function importMembers(call: Call, target: Project, source: Project): ImportResult {
  const { world } = call;
  const errors = world.settings.memberImportErrors;
  if (errors["*"] !== undefined) throw message(422, errors["*"]);
  const most = Math.min(call.level(world.projectPath(target)), LEVELS.owner);
  const failed: Record<string, string> = {};
  const members = { ...target.members };
  const wanted = Object.entries(source.members ?? {});
  for (const [id, level] of wanted) {
    const username = world.user(Number(id))?.username ?? "";
    const problem = errors[username];
    if (problem !== undefined) failed[username] = problem;
    else members[id] ??= Math.min(level, most);
  }
  target.members = members;
  if (Object.keys(failed).length === 0) return { status: "success" };
  return { status: "error", message: failed, total_members_count: wanted.length };
}
