import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** An answer on its way from the sandbox to whoever asked. */
export interface PassingAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** The parsed JSON, a text for anything else, undefined for nothing. */
  body: unknown;
  /** Milliseconds to hold it back. */
  delay: number;
}

/** A request on its way to the sandbox. */
export interface PassingRequest {
  readonly method: string;
  /** Path below `/api/v4`, without its query. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Changes answers, as a server does that is not quite as the sandbox; one that answers by itself keeps the request back. */
export type Alteration = (request: PassingRequest, answer: PassingAnswer) => void;

/** A server before a sandbox that answers a little otherwise. */
export class Altered {
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  /**
   * @param instead called before a request is passed on; true keeps it back, and then `alter` makes up the answer
   */
  static async before(url: string, alter: Alteration, instead: (request: PassingRequest) => boolean = () => false) {
    const server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const path = (incoming.url ?? "").replace("/api/v4", "").replace(/\?.*/, "");
        const request = { method: incoming.method ?? "GET", path, body: fieldsIn(text) };
        const { authorization = "" } = incoming.headers;
        void (async () => {
          const isKept = instead(request);
          const answer = isKept
            ? nothing()
            : await passedOn(url + (incoming.url ?? ""), request.method, text, authorization);
          alter(request, answer);
          await sleep(answer.delay);
          const body = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
          response.writeHead(answer.status, answer.headers).end(body);
        })();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Altered(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function nothing(): PassingAnswer {
  return { status: 200, headers: { "content-type": "application/json" }, body: undefined, delay: 0 };
}

async function passedOn(url: string, method: string, text: string, authorization: string): Promise<PassingAnswer> {
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: { authorization, "content-type": "application/json" },
    ...(text === "" ? {} : { body: text }),
  });
  const answer = await response.text();
  const kept = [...response.headers].filter(
    ([name]) => !/^(?:content-length|connection|keep-alive|transfer)/.test(name),
  );
  return { status: response.status, headers: Object.fromEntries(kept), body: parsed(answer), delay: 0 };
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function fieldsIn(text: string): Readonly<Record<string, unknown>> {
  const value = parsed(text);
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
