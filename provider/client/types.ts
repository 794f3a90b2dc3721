import type { Method } from "./errors";
import type { ApiPath, Query } from "./path";
import type { BodyConsumer } from "./body-consumer";

/** A good answer of GitLab (status below 300, or 304). */
export interface GitLabResponse {
  readonly status: number;
  /** The parsed JSON; undefined when the answer has no body, as with 204, or went to a consumer. */
  readonly body: unknown;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One request with its rules of repetition. */
export interface RequestPlan {
  readonly method: Method;
  readonly path: ApiPath;
  readonly query: Query;
  /** A form, or JSON text. */
  readonly body: string | FormData | undefined;
  readonly consumer?: BodyConsumer | undefined;
  readonly retries: number;
}
