import { path } from "../client";
import type { Connection } from "./connection";
import { isObject } from "../core/json";
import { isKey } from "./api/answers";
import type { Report } from "./context";
import { inParallel } from "./in-parallel";

/** So many projects of one group are worth asking for its list. */
const fewest = 5;
const perPage = 100;
/** A list goes on as long as its pages spare so many look-ups each, on the average. */
const leastPerPage = 4;
/** Look-ups that a list owes at most: projects that are wanted may stand on its last pages. */
const mostOwed = 20;

/**
 * Looks projects up a hundred at a time, in the lists of the groups that they are in, so that nothing asks for each of
 * them. What the lists do not show, since it was renamed or belongs to a user, is left to {@link Connection.parent}.
 *
 * @param projects as the program names them: only full paths are looked up
 * @param level the least role that the token's user must have there, as a level, in which case archived projects are left
 * out too: everything that is not well takes a look-up of its own then
 * @see https://docs.gitlab.com/api/groups/#list-projects
 */
export async function lookUpTogether(
  connection: Connection,
  projects: Iterable<string>,
  report: Report,
  level?: number,
): Promise<void> {
  const groups = new Map<string, Set<string>>();
  for (const project of projects) {
    const text = project.toLowerCase();
    const end = text.lastIndexOf("/");
    if (end < 1 || connection.isKnown("project", text)) continue;
    const group = groups.get(text.slice(0, end)) ?? new Set<string>();
    groups.set(text.slice(0, end), group.add(text));
  }
  await inParallel(
    [...groups].filter(([, wanted]) => wanted.size >= fewest),
    ([group, wanted]) => lookUpIn(connection, group, wanted, report, level),
  );
}

async function lookUpIn(
  connection: Connection,
  group: string,
  wanted: Set<string>,
  report: Report,
  level: number | undefined,
): Promise<void> {
  const total = wanted.size;
  const well = level === undefined ? {} : { min_access_level: level, archived: false };
  const query = { simple: true, with_shared: false, ...well, order_by: "id", sort: "asc", per_page: perPage };
  let shown = 0;
  try {
    for await (const row of connection.client.list(path`/groups/${group}/projects`, query, { retries: 1 })) {
      note(connection, row, wanted, level);
      shown += 1;
      if (wanted.size === 0) return;
      if (shown % perPage !== 0) continue;
      const found = total - wanted.size;
      if ((shown / perPage) * leastPerPage > found + Math.min(mostOwed, total)) return;
      report("status", `${found.toLocaleString("en")} of ${total.toLocaleString("en")} projects of ${group} looked up`);
    }
  } catch {
    // The look-up of each project says what is wrong with it.
  }
}

function note(connection: Connection, row: unknown, wanted: Set<string>, level: number | undefined): void {
  if (!isObject(row)) return;
  const { id, path_with_namespace: fullPath } = row;
  if (!isKey(id) || typeof fullPath !== "string") return;
  // The others of the page may be asked for next.
  if (!wanted.delete(fullPath.toLowerCase()) && level === undefined) return;
  const well = level === undefined ? {} : { archived: false, level };
  connection.remember({ scope: "project", id, path: fullPath, ...well }, row.created_at);
}
