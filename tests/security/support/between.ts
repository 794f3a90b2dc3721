import http from "node:http";
import type { AddressInfo } from "node:net";

/** A request on its way to GitLab. */
export interface Passing {
  readonly method: string;
  /** Below `/api/v4`, with its query. */
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** How many came before it. */
  readonly index: number;
}

/** An answer on its way back. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers?: http.OutgoingHttpHeaders;
}

/** What happens to one request: an answer in place of GitLab's, or GitLab's own, changed. Nothing: it passes. */
export interface Meddling {
  readonly instead?: (request: Passing) => Reply | undefined;
  readonly after?: (request: Passing, reply: Reply) => Reply;
}

/** What belongs to one connection or one spelling of the text. */
const ownHeaders = new Set(["content-type", "content-length", "transfer-encoding", "connection", "keep-alive"]);

/** A server that stands before a GitLab, as a gateway does, and meddles with what passes. */
export class Between {
  #meddling: Meddling = {};
  readonly passed: Passing[] = [];
  target = "";

  private constructor(
    private readonly server: http.Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Between> {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const between = new Between(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
      between.#pass(request).then(
        ({ status, type, text, headers }) => {
          response.writeHead(status, { ...headers, ...(type === "" ? {} : { "content-type": type }) }).end(text);
        },
        () => response.destroy(),
      );
    });
    return between;
  }

  /** Meddles with everything that passes while a task runs. */
  async meddling<T>(meddling: Meddling, task: () => Promise<T>): Promise<T> {
    this.#meddling = meddling;
    this.passed.length = 0;
    try {
      return await task();
    } finally {
      this.#meddling = {};
    }
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }

  async #pass(incoming: http.IncomingMessage): Promise<Reply> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("utf8");
    // A relative root of any name is passed over: each makes a GitLab of its own to the provider.
    const path = (incoming.url ?? "").replace(/^.*?\/api\/v4/, "");
    const { method = "", headers } = incoming;
    const request = { method, path, headers, body, index: this.passed.length };
    const meddling = this.#meddling;
    this.passed.push(request);
    const instead = meddling.instead?.(request);
    if (instead) return instead;
    const reply = await this.#ask(request);
    return meddling.after ? meddling.after(request, reply) : reply;
  }

  #ask({ method, path, headers, body }: Passing): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const request = http.request(`${this.target}/api/v4${path}`, { method, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        // An answer that breaks off has no end, and whoever waits for it would wait for ever.
        response.on("error", reject);
        response.on("end", () => {
          const type = response.headers["content-type"] ?? "";
          const kept = Object.entries(response.headers).filter(([name]) => !ownHeaders.has(name));
          resolve({ status: response.statusCode ?? 0, type, text, headers: Object.fromEntries(kept) });
        });
      });
      request.on("error", reject).end(body);
    });
  }
}
