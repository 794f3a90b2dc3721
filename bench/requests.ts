import type { LoggedRequest } from "gitlab-sandbox";

/** Requests to GitLab, counted by what they are for: `look-ups`, `lists`, `reads`, `POST`, `PUT`, `DELETE`. */
export type RequestCounts = ReadonlyMap<string, number>;

/** Counts the requests of a log. */
export function countsOf(requests: readonly LoggedRequest[]): RequestCounts {
  const counts = new Map<string, number>();
  for (const request of requests) counts.set(kindOf(request), (counts.get(kindOf(request)) ?? 0) + 1);
  return counts;
}

function kindOf({ method, path }: LoggedRequest): string {
  if (method !== "GET") return method;
  const below = path.replace(/\?.*$/, "").split("/").slice(5);
  if (below.length === 0) return "look-ups";
  return below.length === 1 ? "lists" : "reads";
}
