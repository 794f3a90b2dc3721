import { parseUrl } from "../core/parse-url";
import type { Query } from "./path";

/**
 * The query of the next page of a list, or undefined after the last one.
 *
 * Only the query of `Link: rel="next"` is used, never its address: GitLab writes its external URL there, which may
 * differ from the configured one, and credentials stay on the configured origin whatever the header says.
 * @see https://docs.gitlab.com/api/rest/#pagination
 */
export function followingQuery(headers: Readonly<Record<string, string>>, current: Query): Query | undefined {
  const link = nextLink(headers.link ?? "");
  if (link !== undefined) return queryOf(link);
  const page = headers["x-next-page"]?.trim();
  return page !== undefined && /^\d+$/.test(page) ? { ...current, page } : undefined;
}

function nextLink(header: string): string | undefined {
  for (const [, target, parameters] of header.matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel="?next"?/i.test(parameters ?? "")) return target;
  }
  return undefined;
}

function queryOf(link: string): Query | undefined {
  const searchParams = parseUrl(link, "http://localhost")?.searchParams;
  if (!searchParams) return undefined;
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of searchParams) {
    if (name.endsWith("[]")) query[name.slice(0, -2)] = searchParams.getAll(name);
    else query[name] = value;
  }
  return query;
}
