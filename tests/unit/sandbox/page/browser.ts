import { request } from "node:http";

/** An answer, with its body as text. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What is asked, with all headers as they are given: `fetch` has a will of its own about some. */
export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Sends a request. Rejects when no answer comes. */
export function ask(address: string, { method = "GET", headers = {}, body }: Question = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = body === undefined ? "" : JSON.stringify(body);
    const about = { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(sent)) };
    const given = { ...(sent === "" ? {} : about), ...headers };
    const out = request(address, { method, headers: given, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.once("error", reject);
      answer.once("end", () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).toString() });
      });
    });
    out.once("error", reject);
    out.end(sent);
  });
}

/** A message of a stream of server-sent events. */
export interface Message {
  readonly event: string;
  readonly data: unknown;
}

/** A stream of server-sent events that is open. */
export interface Stream {
  /** The next message that fits. Rejects when the stream ends before. */
  next(fits: (message: Message) => boolean): Promise<Message>;
  /** Everything that has come so far, as it came. */
  text(): string;
  /** Settles when the server has closed the stream. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Opens a stream. Rejects unless it is one. */
export function listen(address: string): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const out = request(address, { agent: false }, (answer) => {
      if (answer.headers["content-type"] !== "text/event-stream") {
        reject(new Error(`${answer.statusCode ?? 0} ${answer.headers["content-type"] ?? ""}`));
        return;
      }
      let [text, taken] = ["", 0];
      const waiting = new Set<() => void>();
      const wake = (): void => {
        for (const look of waiting) look();
      };
      const messages = (): Message[] =>
        text
          .split("\n\n")
          .slice(0, -1)
          .flatMap((part) => {
            const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? [];
            return event === undefined ? [] : [{ event, data: JSON.parse(data ?? "") as unknown }];
          });
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
        wake();
      });
      const closed = new Promise<void>((done) => {
        answer.once("close", () => {
          done();
          wake();
        });
      });
      answer.on("error", wake);
      resolve({
        closed,
        text: () => text,
        close: () => out.destroy(),
        next: (fits) =>
          new Promise((found, failed) => {
            const look = (): void => {
              const all = messages();
              for (; taken < all.length; taken += 1) {
                const message = all[taken];
                if (message === undefined || !fits(message)) continue;
                taken += 1;
                waiting.delete(look);
                found(message);
                return;
              }
              if (answer.closed) failed(new Error(`The stream ended after ${text}`));
            };
            waiting.add(look);
            look();
          }),
      });
    });
    out.once("error", reject);
    out.end();
  });
}
