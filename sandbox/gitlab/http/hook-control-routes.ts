import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Control } from "../control";
import { ApiError } from "./answer";

/** Headers that say nothing that a program gave. */
const OPEN = /^(content-type|user-agent|idempotency-key|x-gitlab-(event|webhook-uuid|instance|event-uuid))$/i;

/** What a hook would deliver, its address and every secret hashed: the endpoint needs no token. */
export function addHookControlRoutes(app: FastifyInstance, control: Control): void {
  app.get<{ Params: { id: string }; Querystring: { trigger?: string } }>("/hooks/:id/delivery", ({ params, query }) => {
    try {
      const { url, headers, body } = control.delivery(Number(params.id), query.trigger);
      const shown = Object.entries(headers).map(([name, value]) => [name, OPEN.test(name) ? value : hashed(value)]);
      return { url: hashed(url), headers: Object.fromEntries(shown) as Record<string, string>, body };
    } catch (problem) {
      throw new ApiError(404, { error: problem instanceof Error ? problem.message : "Refused" });
    }
  });
}

function hashed(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
