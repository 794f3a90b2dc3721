import type { Client } from "../client";
import { refusedWith } from "../client/errors";
import { readable, type ApiPath, type Query } from "../client/path";
import { ProviderError } from "../core/errors";
import { snakeCase } from "../core/schema";
import { projectOf, type ProjectDetails } from "./project-details";
import { rowOf } from "./responses";

/** What every list of projects can be ordered by, in GitLab's words. */
export type ProjectOrder = "id" | "name" | "path" | "created_at" | "updated_at" | "last_activity_at";

/** The order of a list of projects. */
export interface ProjectSorting<Order extends string = ProjectOrder> {
  /**
   * What to order by. Any order but `id` ends with an error after 50,000 projects, which is as far as GitLab counts.
   *
   * @default "id" where GitLab can page by it, else "created_at"
   */
  readonly orderBy?: Order | undefined;
  /** @default "desc" */
  readonly sort?: "asc" | "desc" | undefined;
  /** Only what everybody may know of each project: a quicker list. @default false */
  readonly simple?: boolean | undefined;
}

/** What every list of projects but the contributed ones can be narrowed by. */
export interface ProjectFilters<Order extends string = ProjectOrder> extends ProjectSorting<Order> {
  /** Archived projects alone, or none of them. Default: both. */
  readonly archived?: boolean | undefined;
  /** Those that the token's user is a member of. */
  readonly membership?: boolean | undefined;
  /** Those where the token's user has at least this role, by GitLab's number: 40 is Maintainer. */
  readonly minAccessLevel?: number | undefined;
  /** Those that the token's user owns. */
  readonly owned?: boolean | undefined;
  /** Those with this text in their name or path. */
  readonly search?: string | undefined;
  /** Those that the token's user has starred. */
  readonly starred?: boolean | undefined;
  /** Adds `statistics` to each project, for Reporters and above. */
  readonly statistics?: boolean | undefined;
  /** ISO 8601. Goes with `orderBy: "updated_at"`, which is then the default. */
  readonly updatedAfter?: string | undefined;
  /** ISO 8601. Goes with `orderBy: "updated_at"`, which is then the default. */
  readonly updatedBefore?: string | undefined;
  readonly visibility?: "public" | "internal" | "private" | undefined;
  /** Adds `customAttributes` to each project, for administrators. */
  readonly withCustomAttributes?: boolean | undefined;
  readonly withIssuesEnabled?: boolean | undefined;
  readonly withMergeRequestsEnabled?: boolean | undefined;
}

/** What lists of projects that GitLab can page through by id can be narrowed by as well. */
export interface ProjectRange {
  readonly idAfter?: number | undefined;
  readonly idBefore?: number | undefined;
  /** By GitLab's name for it: `Ruby`. */
  readonly withProgrammingLanguage?: string | undefined;
}

/** GitLab's parameters for filters. Names besides `except` are spelled its way; lists go as such, topics as one text. */
export function queryOf(filters: object, ...except: readonly string[]): Query {
  const query: Record<string, Query[string]> = {};
  for (const [name, value] of Object.entries(filters) as [string, unknown][]) {
    if (value === undefined || value === null || except.includes(name)) continue;
    if (name === "customAttributes") {
      for (const [key, wanted] of Object.entries(value)) query[`custom_attributes[${key}]`] = String(wanted);
    } else if (name === "topic") query.topic = [value as string | readonly string[]].flat().join(",");
    else query[snakeCase(name)] = value as Query[string];
  }
  return query;
}

/**
 * Projects of a list, as its pages are needed.
 *
 * GitLab counts offsets up to 50,000 and no further. Where it can page by id (`byId`) it has no such limit, and a project
 * that is made or removed meanwhile moves no other one to another page: so that is asked for unless another order is.
 *
 * @throws ProviderError beyond the limit, with the ways out
 */
export async function* projectsAt(
  client: Client,
  path: ApiPath,
  filters: Query,
  { byId = false }: { readonly byId?: boolean } = {},
): AsyncGenerator<ProjectDetails, void, undefined> {
  const query = withOrder(filters);
  const keyset = byId && (query.order_by ?? "id") === "id";
  const paging = keyset ? { order_by: "id", sort: query.sort ?? "desc", pagination: "keyset" } : {};
  // By offset, a project that is made meanwhile moves the last one of a page to the next.
  const seen = new Set<number>();
  try {
    for await (const answer of client.list(path, { ...query, ...paging })) {
      const project = projectOf(rowOf(answer, path, "project"));
      if (seen.has(project.id)) continue;
      if (!keyset) seen.add(project.id);
      yield project;
    }
  } catch (error) {
    throw isTooFar(error) ? tooLong(path, query.order_by, byId) : error;
  }
}

/** GitLab filters by the time of the last update only in its order. */
function withOrder(query: Query): Query {
  const byUpdate = query.updated_after !== undefined || query.updated_before !== undefined;
  return byUpdate ? { order_by: "updated_at", ...query } : query;
}

function isTooFar(error: unknown): boolean {
  return refusedWith(error, 405) && error.details.some((text) => /offset/i.test(text));
}

function tooLong(path: ApiPath, order: unknown, byId: boolean): ProviderError {
  const ways = byId
    ? 'Leave out orderBy (or set it to "id") and updatedAfter and updatedBefore, or narrow the list: with idAfter and idBefore, for one.'
    : "Narrow the list: with search, for one.";
  const by = typeof order === "string" ? ` by ${order}` : "";
  return new ProviderError(
    `GET ${readable(path)}: GitLab lists no more than 50,000 projects in an order${by}. ${ways}`,
  );
}
