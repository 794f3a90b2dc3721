import http from "node:http";
import https from "node:https";
import { readFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import type { AddressInfo } from "node:net";

/** A request as a test server saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly socket: net.Socket;
}

/** Answers a request; it may also cut the connection through `response.socket`. */
export type Answering = (seen: Seen, response: http.ServerResponse, count: number) => unknown;

/** A server on loopback with everything it has seen. */
export interface Running {
  readonly port: number;
  readonly url: string;
  readonly seen: Seen[];
  close(): Promise<void>;
}

/** The text of a file in the folder of test certificates. */
export function tlsFile(name: string): string {
  return join(__dirname, "tls", name);
}

/** Starts a plain http server, by default on a free port. */
export function serve(answering: Answering, port = 0): Promise<Running> {
  return start(http.createServer(), answering, "http", port);
}

/** Starts an https server with the test certificate, which asks for a client certificate if told so. */
export function serveTls(answering: Answering, options: https.ServerOptions = {}): Promise<Running> {
  const key = readFileSync(tlsFile("server.key"));
  const cert = readFileSync(tlsFile("server.pem"));
  return start(https.createServer({ key, cert, ...options }), answering, "https");
}

/** Answers with JSON. */
export function json(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: http.OutgoingHttpHeaders = {},
) {
  return response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

async function start(server: http.Server, answering: Answering, scheme: string, wanted = 0): Promise<Running> {
  const seen: Seen[] = [];
  server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const entry = {
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        body,
        socket: request.socket,
      };
      seen.push(entry);
      answering(entry, response, seen.length);
    });
  });
  await listen(server, wanted);
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { port, url: `${scheme}://127.0.0.1:${port}`, seen, close };
}

/** Listens on a port of 127.0.0.1, by default a free one. */
export function listen(server: net.Server, port = 0): Promise<void> {
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      resolve();
    });
  });
}
