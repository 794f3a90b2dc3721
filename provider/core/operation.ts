import { AsyncLocalStorage } from "node:async_hooks";

/** A request as it is about to be sent. */
export interface SentRequest {
  readonly method: string;
  /** Path below `/api/v4`, encoded, without its query. */
  readonly path: string;
  /** JSON text, or a form; undefined where there is none. */
  readonly body: string | FormData | undefined;
}

/** What became of one try of a request. */
export interface RequestOutcome {
  /** Undefined where no complete answer came. */
  readonly status?: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The answer's text, or why there is none. */
  readonly text: string;
  /** Milliseconds from the sending to the end of the answer. */
  readonly elapsed: number;
}

/**
 * One operation of the engine, as its provider process would do it: a process lives for one operation, and knows nothing
 * of those before. What runs in {@link inOperation} has a memory of its own and is observed.
 */
export interface Operation {
  /** Awaited before each try of a request; a failure keeps the request from being sent, and is thrown to its caller. */
  readonly beforeRequest: (request: SentRequest) => Promise<void>;
  /** Called after each try. */
  readonly afterRequest: (request: SentRequest, outcome: RequestOutcome) => void;
  /** Takes what would be shown to the user. */
  readonly report: (severity: "info" | "warning", text: string) => void;
  /** What the process remembers, by a key of whoever remembers it. */
  readonly memory: Map<string, object>;
}

const operations = new AsyncLocalStorage<Operation>();

/** Runs a task, and all that it starts, as one operation. */
export function inOperation<T>(operation: Operation, task: () => Promise<T>): Promise<T> {
  return operations.run(operation, task);
}

/** The operation that the caller runs in; undefined in a process of the engine, which is one operation by itself. */
export function currentOperation(): Operation | undefined {
  return operations.getStore();
}
