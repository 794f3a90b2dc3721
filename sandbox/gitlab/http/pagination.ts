import { ApiError, errorText, ok, type Answer } from "./answer";
import type { Call } from "./call";

const DEFAULT_PER_PAGE = 20;
const MAX_PER_PAGE = 100;
const COUNT_LIMIT = 10_000;

/** Limits of one paginated route. */
export interface PageOptions {
  /** Largest page size; GitLab's default is 100. */
  readonly maxPerPage?: number;
  /** Set for record types that GitLab also lists by keyset: their type name and the offset they may reach. */
  readonly offsetLimit?: { readonly type: string; readonly rows: number };
}

/**
 * Answers one page of a list with GitLab's offset headers.
 * Raises 400 for a page or size below one, 405 beyond the offset limit.
 * https://docs.gitlab.com/api/rest/#offset-based-pagination
 */
export function paginate<T>(
  call: Call,
  rows: readonly T[],
  present: (row: T) => unknown,
  options: PageOptions = {},
): Answer {
  const page = positive(call, "page", 1);
  const perPage = perPageOf(call, options.maxPerPage);
  const { offsetLimit } = options;
  if (offsetLimit !== undefined && (page - 1) * perPage >= offsetLimit.rows) throw offsetTooLarge(offsetLimit);
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  const next = page < pages ? page + 1 : undefined;
  const previous = page > 1 ? page - 1 : undefined;
  const counted = rows.length <= COUNT_LIMIT;
  const links: [string, number | undefined][] = [
    ["prev", previous],
    ["next", next],
    ["first", 1],
    ["last", counted ? pages : undefined],
  ];
  return ok(rows.slice((page - 1) * perPage, page * perPage).map(present), {
    Link: links
      .flatMap(([rel, to]) =>
        to === undefined ? [] : [`<${linkTo(call, { page: String(to), per_page: String(perPage) })}>; rel="${rel}"`],
      )
      .join(", "),
    "X-Per-Page": String(perPage),
    "X-Page": String(page),
    "X-Next-Page": String(next ?? ""),
    "X-Prev-Page": String(previous ?? ""),
    ...(counted ? { "X-Total": String(rows.length), "X-Total-Pages": String(pages) } : {}),
  });
}

/** The page size a request asks for, cut to the largest allowed. Raises 400 below one. */
export function perPageOf(call: Call, most = MAX_PER_PAGE): number {
  return Math.min(positive(call, "per_page", DEFAULT_PER_PAGE), most);
}

/** The address of the request with other parameters. */
export function linkTo(call: Call, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(call.url, call.origin);
  // The token must not travel on in a link.
  url.searchParams.delete("private_token");
  url.searchParams.delete("access_token");
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

function positive(call: Call, name: string, otherwise: number): number {
  const raw = call.input[name];
  if (raw === undefined || raw === "" || raw === null) return otherwise;
  const value =
    typeof raw === "number" ? raw : typeof raw === "string" && /^[+-]?\d+$/.test(raw) ? Number(raw) : Number.NaN;
  if (!Number.isInteger(value)) throw errorText(400, `${name} is invalid`);
  if (value < 1) throw errorText(400, `${name} does not have a valid value`);
  return value;
}

function offsetTooLarge({ type, rows }: { readonly type: string; readonly rows: number }): ApiError {
  return errorText(
    405,
    `Offset pagination has a maximum allowed offset of ${rows} for requests that return objects of type ${type}. ` +
      "Remaining records can be retrieved using keyset pagination.",
  );
}
