/** One API request; `status` is 0 while it runs and stays so when its connection was cut. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  status: number;
}

const SENSITIVE = /token|password|secret|webhook|value|(^|_)key$|^url$/i;

/** The API requests so far in the order they arrived, without bodies, headers and secrets. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  /** Notes a request and returns its entry, whose status is filled in later. */
  add(method: string, url: string): LoggedRequest {
    const entry = { method, path: maskQuery(url), status: 0 };
    this.#requests.push(entry);
    return entry;
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
