import { errorText, ok, type Answer } from "./answer";
import type { Call } from "./call";
import { linkTo, perPageOf } from "./pagination";

/**
 * Answers one page of a list that is ordered by id, with nothing but a link to the next one.
 * Raises 405 for another order.
 * https://docs.gitlab.com/api/rest/#keyset-based-pagination
 */
export function paginateByKey<T extends { readonly id: number }>(
  call: Call,
  rows: readonly T[],
  present: (row: T) => unknown,
): Answer {
  if (call.input.order_by !== "id") {
    throw errorText(405, "Keyset pagination is not yet available for this type of request");
  }
  const perPage = perPageOf(call);
  const page = rows.slice(0, perPage);
  const last = page.at(-1);
  const cursor = call.input.sort === "asc" ? "id_after" : "id_before";
  const next = last === undefined || rows.length <= perPage ? undefined : linkTo(call, { [cursor]: String(last.id) });
  return ok(page.map(present), next === undefined ? {} : { Link: `<${next}>; rel="next"` });
}
