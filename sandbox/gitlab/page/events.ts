import type { FastifyReply } from "fastify";
import type { History, SeenRequest } from "./history";

/** Time in which messages are gathered: a run sends hundreds of requests a second. */
const GATHER_MS = 100;
/** Something must come now and then, so that a connection that has died is noticed. */
const HEARTBEAT_MS = 15_000;
/** A page that does not take what it is sent is let go; it connects again. */
const MOST_UNSENT = 1024 * 1024;
const MOST_PAGES = 50;

/** The open pages, which are told of every request and every change as server-sent events. */
export class Events {
  readonly #pages = new Set<Page>();

  /** @param history what there is to tell */
  constructor(readonly history: History) {
    history.listen((request) => {
      for (const page of this.#pages) page.note(request);
    });
  }

  /** Answers with events until the page goes; false when there are too many pages. */
  open(reply: FastifyReply): boolean {
    if (this.#pages.size >= MOST_PAGES) return false;
    reply.hijack();
    const { raw } = reply;
    const headers = { ...reply.getHeaders(), "content-type": "text/event-stream" };
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) raw.setHeader(name, value);
    const page = new Page((text) => {
      if (raw.writableLength > MOST_UNSENT) raw.destroy();
      else raw.write(text);
    });
    page.send("hello", { requests: this.history.requests() });
    this.#pages.add(page);
    raw.once("close", () => {
      this.#pages.delete(page);
      page.close();
    });
    return true;
  }
}

class Page {
  readonly #requests = new Set<SeenRequest>();
  #hasChanged = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(private readonly write: (text: string) => void) {
    this.#heartbeat = setInterval(() => {
      write(": still here\n\n");
    }, HEARTBEAT_MS).unref();
  }

  note(request: SeenRequest | undefined): void {
    if (request === undefined) this.#hasChanged = true;
    else this.#requests.add(request);
    this.#timer ??= setTimeout(() => {
      this.#flush();
    }, GATHER_MS);
  }

  send(event: string, data: unknown): void {
    // JSON has no line breaks of its own.
    this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#heartbeat);
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#requests.size > 0) this.send("requests", [...this.#requests]);
    if (this.#hasChanged) this.send("change", {});
    this.#requests.clear();
    this.#hasChanged = false;
  }
}
