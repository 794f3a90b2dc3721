import type { Answer } from "../http/answer";
import type { Call } from "../http/call";

/** One API route: method, address below `/api/v4`, and what answers it. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

/** A route. */
export const route = (method: Route["method"], path: string, handle: Route["handle"]): Route => ({
  method,
  path,
  handle,
});

/** The two levels that have objects of their own, with the first part of their addresses. */
export const PARENTS = [
  { kind: "project", root: "/projects/:id" },
  { kind: "group", root: "/groups/:id" },
] as const;
