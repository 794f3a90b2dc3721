/** A way for the next requests to fail. */
export interface Fault {
  /** HTTP method; any when absent. */
  readonly method?: string;
  /** Regular expression over the path, with or without `/api/v4` and query; any path when absent. */
  readonly path?: string;
  /** How many matching requests fail; 1 when absent. */
  readonly times?: number;
  /** How many matching requests pass first. */
  readonly skip?: number;
  /** Status to answer; without it, and without `cut`, the request is only delayed. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text goes out as it is, anything else as JSON; a message that names the status when absent. */
  readonly body?: unknown;
  /** Whether `status` replaces the request, or only its answer: the work being done, or being done `delay` after it. */
  readonly when?: "before" | "after" | "later";
  /** Milliseconds to wait before anything else happens; with `when: "later"`, between the answer and the work. */
  readonly delay?: number;
  /** Close the connection: before the work, after it without an answer, or in the middle of the answer. */
  readonly cut?: "before" | "after" | "half";
  /** Keep the connection open and never answer, without having done the work or with it. */
  readonly hang?: "before" | "after";
}

interface Armed {
  readonly fault: Fault;
  readonly pattern: RegExp | undefined;
  skip: number;
  left: number;
}

/** The faults that wait for a request, in the order they were given. */
export class Faults {
  #armed: Armed[] = [];

  /** Arms a fault and returns what calls it off. Raises a SyntaxError when `path` is no regular expression. */
  add(fault: Fault): () => void {
    const pattern = fault.path === undefined ? undefined : new RegExp(fault.path);
    const armed = { fault, pattern, skip: fault.skip ?? 0, left: fault.times ?? 1 };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  /** Disarms every fault. */
  clear(): void {
    this.#armed = [];
  }

  /** The fault that this request meets, if any; each call uses one up. */
  take(method: string, url: string): Fault | undefined {
    const hit = this.#armed.find((armed) => matches(armed, method, url));
    if (hit === undefined) return undefined;
    if (hit.skip > 0) {
      hit.skip -= 1;
      return undefined;
    }
    hit.left -= 1;
    if (hit.left <= 0) this.#armed = this.#armed.filter((armed) => armed !== hit);
    return hit.fault;
  }
}

function matches({ fault, pattern }: Armed, method: string, url: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  if (pattern === undefined) return true;
  const path = url.split("?", 1)[0] ?? url;
  return [url, path, url.replace(/^\/api\/v4/, ""), path.replace(/^\/api\/v4/, "")].some((form) => pattern.test(form));
}
