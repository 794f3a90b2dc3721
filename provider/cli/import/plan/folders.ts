import type { Target } from "../discover/targets";
import { UniqueNames } from "../model/names";

/** Names of files that the program has for other purposes. */
const reserved = ["config", "fleets", "index"];

/** The file of what belongs to the owner of the token. */
const ownersFile = "notifications";

/**
 * The file in which each project and group stands, without its ending: one for each group that the command names, with
 * its own projects, and one for each group right below that, with all that is in it.
 *
 * @param roots the groups that the command names
 * @param taken names of files that are there already
 */
export function filesOf(
  parents: readonly (Target | undefined)[],
  roots: readonly string[],
  taken: readonly string[] = [],
): ReadonlyMap<Target | undefined, string> {
  const folders = new Map(parents.map((parent) => [parent, parent && folderOf(parent, roots)] as const));
  const names = new UniqueNames([...reserved, ...taken]);
  const files = new Map<string | undefined, string>();
  for (const folder of folders.values()) {
    if (!files.has(folder)) files.set(folder, names.take(folder === undefined ? ownersFile : fileName(folder), "-"));
  }
  return new Map([...folders].map(([parent, folder]) => [parent, files.get(folder) ?? ownersFile]));
}

/** The full path of the group whose file a project or group stands in. */
export function folderOf({ scope, path }: Pick<Target, "scope" | "path">, roots: readonly string[]): string {
  const segments = path.split("/");
  const group = scope === "group" ? segments : segments.slice(0, -1);
  const root = roots
    .filter((candidate) => isWithin(path, candidate))
    .sort((one, other) => one.length - other.length)[0];
  if (root === undefined) return group.join("/");
  return group.slice(0, root.split("/").length + 1).join("/");
}

/** Whether a path is that of a group or of something in it. */
export function isWithin(path: string, group: string): boolean {
  return `${path}/`.toLowerCase().startsWith(`${group}/`.toLowerCase());
}

/** `acme/platform` is `platform`. */
function fileName(folder: string): string {
  const last = folder.slice(folder.lastIndexOf("/") + 1).toLowerCase();
  return last.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "group";
}
