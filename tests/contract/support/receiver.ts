import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** One request that reached a receiver. */
export interface Delivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A web server that GitLab's hooks call. */
export interface Receiver {
  /** Without a slash at the end. */
  readonly url: string;
  readonly deliveries: Delivery[];
  /** What it answers from now on. */
  answer(status: number, body?: string): void;
  stop(): Promise<void>;
}

/** Starts a receiver on the loopback address that answers 200. */
export async function receiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  let [status, text] = [200, ""];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      deliveries.push({ path: request.url ?? "", headers: request.headers, body });
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries,
    answer(newStatus, body = "") {
      [status, text] = [newStatus, body];
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
