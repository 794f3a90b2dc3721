import type { Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginateByKey } from "../http/keyset";
import { paginate, perPageOf } from "../http/pagination";
import type { Params } from "../http/params";
import type { World } from "../world/world";
import type { Given } from "./attributes";
import { presentBasic } from "./basic";
import { LIST_PARAMS, checkFilters, filtersOf } from "./filters";
import { renderProject } from "./response";
import type { Project } from "./row";

const OFFSET_LIMIT = { type: "Project", rows: 50_000 };
const SIZES = ["repository_size", "storage_size", "packages_size", "wiki_size"];

const ORDER: Params = {
  order_by: {
    type: "string",
    values: [
      "id",
      "name",
      "path",
      "created_at",
      "updated_at",
      "last_activity_at",
      "star_count",
      "similarity",
      ...SIZES,
    ],
  },
  sort: { type: "string", values: ["asc", "desc"] },
};

const SHOWN: Params = {
  simple: { type: "boolean" },
  statistics: { type: "boolean" },
  with_custom_attributes: { type: "boolean" },
};

/** Where a list takes its projects from. */
export interface Source {
  /** Tells this list from the others; the projects of one source only change with the state of the world. */
  readonly key: string;
  /** The projects before any filter, in the order of their ids. */
  readonly projects: () => readonly Project[];
  /** Filters that this list knows; all of them when absent. */
  readonly filters?: Params;
}

/**
 * Answers one page of a list of projects, filtered and ordered as the request asks.
 * Raises 400 for bad parameters, 405 beyond the offset limit and for keysets in another order than by id.
 */
export function listProjects(call: Call, source: Source): Answer {
  const given = call.params({ ...(source.filters ?? LIST_PARAMS), ...ORDER });
  const shown = call.params(SHOWN);
  const orderBy = orderOf(call, given);
  checkFilters(given, orderBy);
  const isKeyset = call.input.pagination === "keyset";
  // One row more than a page says whether there is another page.
  const most = isKeyset ? perPageOf(call) + 1 : Infinity;
  const rows = within(given, orderBy, cachedRows(call, source, given, orderBy), most);
  const isAdmin = call.token.role === "admin";
  const present = (project: Project): unknown =>
    shown.simple === true
      ? presentBasic(call, project)
      : renderProject(call, project, {
          permissions: true,
          statistics: shown.statistics === true,
          customAttributes: isAdmin && shown.with_custom_attributes === true,
        });
  return isKeyset ? paginateByKey(call, rows, present) : paginate(call, rows, present, { offsetLimit: OFFSET_LIMIT });
}

function orderOf(call: Call, given: Given): string {
  const orderBy = (given.order_by as string | null | undefined) ?? "created_at";
  if (orderBy === "similarity" && typeof given.search !== "string") return "created_at";
  return SIZES.includes(orderBy) && call.token.role !== "admin" ? "created_at" : orderBy;
}

interface Kept {
  readonly revision: number;
  readonly key: string;
  readonly rows: readonly Project[];
}

const KEPT = new WeakMap<World, Kept>();

// The pages of one list are asked for one after the other: what the first one needed serves the others too.
function cachedRows(call: Call, source: Source, given: Given, orderBy: string): readonly Project[] {
  const { world } = call;
  const filters = { ...given, id_after: null, id_before: null };
  const key = JSON.stringify([source.key, call.token.token, orderBy, filters]);
  const kept = KEPT.get(world);
  if (kept?.revision === world.revision && kept.key === key) return kept.rows;
  const filter = filtersOf(call, given);
  const rows = source.projects().filter((project) => filter.every((accepts) => accepts(project)));
  const ordered = inOrder(rows, orderBy, given);
  KEPT.set(world, { revision: world.revision, key, rows: ordered });
  return ordered;
}

const byId = (orderBy: string): boolean => orderBy === "id" || orderBy === "created_at";

function inOrder(rows: readonly Project[], orderBy: string, given: Given): readonly Project[] {
  const isUp = given.sort === "asc";
  if (byId(orderBy)) return isUp ? rows : rows.toReversed();
  const text = typeof given.search === "string" ? given.search.toLowerCase() : "";
  const keyed = rows.map((project) => ({ project, key: sortKey(project, orderBy, text) }));
  const sign = isUp ? 1 : -1;
  keyed.sort((one, other) => {
    if (one.key === other.key) return sign * (one.project.id - other.project.id);
    return one.key < other.key ? -sign : sign;
  });
  return keyed.map(({ project }) => project);
}

function sortKey(project: Project, orderBy: string, search: string): string | number {
  switch (orderBy) {
    case "name":
      return project.name.toLowerCase();
    case "path":
      return project.path;
    case "updated_at":
      return project.updatedAt;
    case "last_activity_at":
      return project.lastActivityAt ?? project.updatedAt;
    case "star_count":
      return project.stars?.length ?? 0;
    case "similarity":
      return search.length / Math.max(1, project.name.length);
    default:
      return project.statistics?.[orderBy] ?? 0;
  }
}

function within(given: Given, orderBy: string, rows: readonly Project[], most: number): readonly Project[] {
  const after = typeof given.id_after === "number" ? given.id_after : -Infinity;
  const before = typeof given.id_before === "number" ? given.id_before : Infinity;
  if (after === -Infinity && before === Infinity) return rows;
  if (!byId(orderBy)) return rows.filter(({ id }) => id > after && id < before);
  const isUp = given.sort === "asc";
  const start = countWhile(rows, isUp ? ({ id }) => id <= after : ({ id }) => id >= before);
  const end = countWhile(rows, isUp ? ({ id }) => id < before : ({ id }) => id > after);
  return rows.slice(start, Math.min(end, start + most));
}

// Rows from the start for which this holds; it holds for none after the first for which it does not.
function countWhile(rows: readonly Project[], holds: (project: Project) => boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const project = rows[middle];
    if (project !== undefined && holds(project)) low = middle + 1;
    else high = middle;
  }
  return low;
}
