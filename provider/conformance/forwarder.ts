import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { proxyFor } from "../client/proxy";
import { transportFor, type Answer, type Attempt } from "../client/transport";
import type { Method } from "../client/errors";
import type { Settings } from "../config/settings";
import type { ObservedOperation } from "./observer";

/** Milliseconds that one request may take. */
const longest = 90_000;
/** Headers of an answer that the provider reads. */
const passed =
  /^(?:content-type|date|link|location|retry-after|ratelimit-.+|x-next-page|x-total(?:-pages)?|x-page|x-per-page)$/;

/** A server on this machine that hands requests on to a GitLab, as one operation of a run. */
export interface Forwarder {
  readonly url: string;
  /** What a request must bring along. GitLab's own token stays here. */
  readonly token: string;
  stop(): Promise<void>;
}

/** Starts one, so that the requests of other processes keep the run's pace and bounds, and are seen. */
export async function startForwarder(settings: Settings, operation: ObservedOperation): Promise<Forwarder> {
  const token = `forwarded-${randomBytes(16).toString("hex")}`;
  const attempt = transportFor(settings, proxyFor(new URL(settings.baseUrl), process.env));
  const server = createServer((request, response) => {
    forward(request, response, { settings, operation, attempt, token }).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : "failed";
      response.writeHead(400, { "Content-Type": "application/json" }).end(JSON.stringify({ message }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token, stop: () => close(server) };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

interface Forwarding {
  readonly settings: Settings;
  readonly operation: ObservedOperation;
  readonly attempt: Attempt;
  readonly token: string;
}

async function forward(incoming: IncomingMessage, response: ServerResponse, forwarding: Forwarding): Promise<void> {
  const { settings, operation, attempt } = forwarding;
  if (!isOurs(incoming.headers.authorization, forwarding.token)) {
    response.writeHead(401).end();
    return;
  }
  const below = (incoming.url ?? "").replace(/^\/api\/v4/, "");
  const method = (incoming.method ?? "GET") as Method;
  const body = await textOf(incoming);
  const request = { method, path: below.replace(/\?.*$/, ""), body };
  await operation.beforeRequest(request);
  const sent = performance.now();
  const outcome = await attempt({ method, url: settings.baseUrl + below, body }, longest);
  const elapsed = performance.now() - sent;
  const isAnswer = outcome.kind === "answer";
  operation.afterRequest(request, {
    ...(isAnswer ? { status: outcome.status } : {}),
    headers: isAnswer ? outcome.headers : {},
    text: isAnswer ? outcome.text : outcome.reason,
    elapsed,
  });
  if (isAnswer) response.writeHead(outcome.status, headersOf(outcome)).end(outcome.text);
  else response.destroy();
}

/** Whoever else is on this machine must not use the token that stays here. */
function isOurs(given: string | undefined, token: string): boolean {
  const [one, other] = [Buffer.from(given ?? ""), Buffer.from(`Bearer ${token}`)];
  return one.length === other.length && timingSafeEqual(one, other);
}

async function textOf(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : Buffer.concat(chunks).toString("utf8");
}

function headersOf({ headers }: Answer): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => passed.test(name)));
}
