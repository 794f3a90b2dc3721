import type { Settings } from "../config/settings";
import { status } from "../core/log";
import type { GitLabResponse, RequestPlan } from "./types";
import { send, type ClientContext } from "./request";
import { UnreachableError, type Method } from "./errors";
import { followingQuery } from "./pagination";
import { RateLimiter, type Clock } from "./rate-limiter";
import type { ApiPath, Query } from "./path";
import { proxyFor } from "./proxy";
import type { BodyConsumer } from "./body-consumer";
import { Semaphore } from "./semaphore";
import { transportFor } from "./transport";

/** What a GET, or each of those that fetch a list, may do differently. */
export interface RequestOptions {
  /** At most this many repetitions, when fewer than `gitlab:retries`: 0 where a quick "not reachable" is wanted. */
  readonly retries?: number;
}

/**
 * Speaks to one GitLab with one configuration.
 *
 * Every method raises {@link GitLabError} when GitLab refuses, {@link UnreachableError} when it cannot be reached,
 * and the writing ones {@link LostAnswerError} when a write may or may not have been done.
 * A repeated DELETE may answer 404 although the first one did the work: callers take that for success.
 */
export interface Client {
  /** As configured, ending in `/api/v4`. */
  readonly baseUrl: string;
  get(path: ApiPath, query?: Query, options?: RequestOptions): Promise<GitLabResponse>;
  /** `body` is a form, which goes as multipart, or anything that JSON can hold; undefined sends none. */
  post(path: ApiPath, body?: unknown): Promise<GitLabResponse>;
  put(path: ApiPath, body?: unknown): Promise<GitLabResponse>;
  delete(path: ApiPath, body?: unknown): Promise<GitLabResponse>;
  /** Hands the bytes of a good answer to `consumer` as they arrive, whatever their type and number. */
  download(path: ApiPath, query: Query, consumer: BodyConsumer): Promise<GitLabResponse>;
  /** Every entry of a list, over all its pages, 100 at a time; pages are fetched as they are needed. */
  list(path: ApiPath, query?: Query, options?: RequestOptions): AsyncIterable<unknown>;
}

/** Requests under way at once, over all resources of the process. */
const mostUnderWay = 16;

const clients = new Map<string, Client>();

/** The client of a configuration: made on first use and shared by the whole process, with its connections and its pace. */
export function clientFor(settings: Settings): Client {
  const { https_proxy, HTTPS_PROXY, http_proxy, HTTP_PROXY, all_proxy, ALL_PROXY, no_proxy, NO_PROXY } = process.env;
  const proxies = [https_proxy, HTTPS_PROXY, http_proxy, HTTP_PROXY, all_proxy, ALL_PROXY, no_proxy, NO_PROXY];
  const key = JSON.stringify([settings, proxies]);
  const known = clients.get(key);
  if (known) return known;
  const client = createClient(settings);
  clients.set(key, client);
  return client;
}

/** Makes a client of its own; `clock` replaces time, sleep and chance. */
export function createClient(settings: Settings, clock: Partial<Clock> = {}): Client {
  const ownClock: Clock = { ...realClock, ...clock };
  const semaphore = new Semaphore(mostUnderWay);
  const context = lazily(() => contextFor(settings, ownClock));
  const request: Request = (method, path, { query = {}, body, retries = settings.retries, consumer }) =>
    semaphore.run(() => {
      const sent = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
      const plan: RequestPlan = {
        method,
        path,
        query,
        body: sent,
        consumer,
        retries: Math.min(retries, settings.retries),
      };
      return send(ready(context, settings, method, path), plan);
    });
  return {
    baseUrl: settings.baseUrl,
    get: (path, query, options) => request("GET", path, { ...options, query }),
    post: (path, body) => request("POST", path, { body }),
    put: (path, body) => request("PUT", path, { body }),
    delete: (path, body) => request("DELETE", path, { body }),
    download: (path, query, consumer) => request("GET", path, { query, consumer }),
    list: (path, query, options) => list(request, settings.baseUrl, path, { ...options, query }),
  };
}

interface RequestDetails {
  readonly query?: Query | undefined;
  readonly body?: unknown;
  readonly retries?: number;
  readonly consumer?: BodyConsumer;
}

type Request = (method: Method, path: ApiPath, details: RequestDetails) => Promise<GitLabResponse>;

const realClock: Clock = {
  now: Date.now,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
  status,
};

function contextFor(settings: Settings, clock: Clock): ClientContext {
  const attempt = transportFor(settings, proxyFor(new URL(settings.baseUrl), process.env));
  const attemptElsewhere = (url: URL) => transportFor(settings, proxyFor(url, process.env), url.origin);
  const rateLimiter = new RateLimiter(clock, settings.timeout * 1000);
  return { settings, clock, attempt, attemptElsewhere, rateLimiter, isKnown: false };
}

/** A certificate file that cannot be read, or a malformed proxy, is found on first use and reads like any other failure. */
function ready(context: () => ClientContext, settings: Settings, method: Method, path: ApiPath): ClientContext {
  try {
    return context();
  } catch (error) {
    const reason = error instanceof Error ? error.message : "the configuration cannot be used";
    throw new UnreachableError(method, path, new URL(settings.baseUrl).origin, reason);
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

async function* list(request: Request, baseUrl: string, path: ApiPath, details: RequestDetails): AsyncGenerator {
  const seen = new Set<string>();
  for (let page: Query | undefined = { per_page: 100, ...details.query }; page !== undefined;) {
    const response = await request("GET", path, { ...details, query: page });
    if (!Array.isArray(response.body)) throw noList(path, baseUrl);
    yield* response.body as unknown[];
    page = followingQuery(response.headers, page);
    const mark = JSON.stringify(page);
    // A server that names a page twice would be asked for ever.
    if (seen.has(mark)) return;
    seen.add(mark);
  }
}

function noList(path: ApiPath, baseUrl: string): Error {
  const hint = "Is gitlab:baseUrl the address of GitLab itself?";
  return new UnreachableError("GET", path, new URL(baseUrl).origin, "the response is not a list", hint);
}
