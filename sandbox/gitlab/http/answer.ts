import type { Readable } from "node:stream";

/** Something other than JSON that a route answers with. */
export interface File {
  readonly type: string;
  readonly content: Buffer | Readable;
}

/** A JSON value that is text already. */
export class Rendered {
  /** @param text the JSON */
  constructor(readonly text: string) {}
}

/** The JSON of a body. */
export function textOf(body: unknown): string {
  if (body instanceof Rendered) return body.text;
  const isRendered = Array.isArray(body) && body.every((item) => item instanceof Rendered);
  return isRendered ? `[${body.map(textOf).join(",")}]` : JSON.stringify(body);
}

/** What a route answers: status, JSON body or file (none when both are undefined) and further headers. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly file?: File;
  readonly headers?: Readonly<Record<string, string>>;
}

/** 200 with a JSON body. */
export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  body,
  headers,
});

/** 201 with a JSON body. */
export const created = (body: unknown): Answer => ({ status: 201, body });

/** 202, as GitLab answers when the work goes on in the background. */
export const accepted = (): Answer => ({ status: 202, body: { message: "202 Accepted" } });

/** 200 with a file. */
export const okFile = (file: File, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  file,
  headers,
});

/** 304: there was nothing to change. */
export const notModified = (): Answer => ({ status: 304 });

/** 204 without a body. */
export const noContent = (): Answer => ({ status: 204 });

/** A request that GitLab refuses: thrown anywhere below a route, turned into its answer by the server. */
export class ApiError extends Error implements Answer {
  /**
   * @param status HTTP status
   * @param body JSON body, exactly as it goes out
   * @param headers further headers of the answer
   */
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status} ${JSON.stringify(body)}`);
    this.name = "ApiError";
  }
}

/** The `{"error": text}` form: parameter checks and hook failures. */
export const errorText = (status: number, error: string): ApiError => new ApiError(status, { error });

/** The `{"message": ...}` form: text, or a map from attribute to its failures. */
export const message = (status: number, text: unknown): ApiError => new ApiError(status, { message: text });

/** 401 for a missing or unknown token. */
export const unauthorized = (): ApiError => message(401, "401 Unauthorized");

/** 403, with the reason where GitLab gives one. */
export const forbidden = (reason?: string): ApiError =>
  message(403, reason === undefined ? "403 Forbidden" : `403 Forbidden - ${reason}`);

/** 400 with the reason in GitLab's sentence. */
export const badRequest = (reason: string): ApiError => message(400, `400 Bad request - ${reason}`);

/** 404 that names the kind of object, such as `404 Project Not Found`. */
export const notFound = (what?: string): ApiError =>
  message(404, what === undefined ? "404 Not Found" : `404 ${what} Not Found`);

/** 404 for an id that no record has. */
export const noRecord = (): ApiError => message(404, "404 Not found");

/** 404 for an address without a route. */
export const noRoute = (): ApiError => errorText(404, "404 Not Found");

/** 500: GitLab itself broke on the request. */
export const serverError = (): ApiError => message(500, "500 Internal Server Error");

/** 412: the object changed after the time in `If-Unmodified-Since`. */
export const preconditionFailed = (): ApiError => message(412, "412 Precondition Failed");

/** 429 of the limiters of single features (the instance-wide throttle answers in plain text). */
export const featureLimitReached = (): ApiError =>
  message(429, { error: "This endpoint has been requested too many times. Try again later." });
