declare module "fastify" {
  interface FastifyRequest {
    /** The entry of the request log, for API requests. */
    logged?: LoggedRequest;
  }
}

/** One API request; `status` is 0 while it runs and stays so when its connection was cut. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** Names of the parameters in query and body, so that calls with the same path can be told apart. */
  parameters: readonly string[];
  status: number;
}

/** A step of an API request on its way through the sandbox. */
export interface Moment {
  /** Before any work is done; when it is done and the answer is about to leave; when the answer has left. */
  readonly phase: "arrived" | "done" | "answered";
  /** Which request it is, counted from 1 since the watching began. */
  readonly call: number;
  readonly request: LoggedRequest;
}

interface Watcher {
  readonly calls: LoggedRequest[];
  readonly listener: (moment: Moment) => void;
}

const SENSITIVE = /token|password|secret|webhook|value|(^|_)key$|url$/i;

/** The API requests so far in the order they arrived, without bodies, headers and secrets. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  readonly #watchers = new Set<Watcher>();

  /** Notes a request and returns its entry, whose status is filled in later. */
  add(method: string, url: string): LoggedRequest {
    const entry: LoggedRequest = { method, path: maskQuery(url), parameters: [], status: 0 };
    this.#requests.push(entry);
    for (const { calls } of this.#watchers) calls.push(entry);
    this.tell(entry, "arrived");
    return entry;
  }

  /** Calls `listener` at every step of every later request, before the request goes on; returns what ends it. */
  watch(listener: Watcher["listener"]): () => void {
    const watcher = { calls: [], listener };
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Says how far a request has come. */
  tell(request: LoggedRequest, phase: Moment["phase"]): void {
    for (const { calls, listener } of this.#watchers) {
      const call = calls.indexOf(request) + 1;
      if (call > 0) listener({ phase, call, request });
    }
  }

  /** The requests so far. */
  list(): readonly LoggedRequest[] {
    return this.#requests;
  }

  /** Forgets them. */
  clear(): void {
    this.#requests = [];
  }
}

function maskQuery(url: string): string {
  const [path = "", query] = url.split(/\?(.*)/s);
  if (query === undefined) return path;
  const parts = query.split("&").map((part) => {
    const name = part.split("=", 1)[0] ?? "";
    return SENSITIVE.test(name) ? `${name}=[MASKED]` : part;
  });
  return `${path}?${parts.join("&")}`;
}
