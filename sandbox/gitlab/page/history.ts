import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Control } from "../control";
import type {} from "../http/request-log";
import { shownNames, shownPath } from "./masking";

/** An API request as the page shows it. */
export interface SeenRequest {
  /** Counted from 1 since the sandbox started. */
  readonly number: number;
  /** When it arrived, in ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** Names of what the request brought. */
  parameters: readonly string[];
  /** HTTP status; null while it runs, 0 when it was cut off. */
  status: number | null;
  /** How long it took, in milliseconds; null while it runs. */
  duration: number | null;
  /** What the client calls itself. */
  readonly client: string;
}

/** Writes by one client without a pause: what one `pulumi up` did, or one person by hand. */
export interface Run {
  readonly client: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  end: number;
  writes: number;
}

/** Something that was deleted, and so cannot be marked itself. */
export interface Deletion {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `projects/42` */
  readonly place: string;
  /** `hooks/7`, `push_rule` */
  readonly what: string;
}

/** What the page itself is called among the clients. */
export const BY_HAND = "by hand";

const MOST_REQUESTS = 500;
const MOST_RUNS = 50;
const MOST_CLIENTS = 100;
const MOST_DELETIONS = 200;
const PAUSE_MS = 5000;

const API = "/api/v4/";
const DELETED = /^\/api\/v4\/((?:projects|groups)\/[^/]+)\/(hooks\/\d+|push_rule)$/;

/** What happened lately: the last requests, who wrote when, and what was deleted. */
export class History {
  readonly #requests: SeenRequest[] = [];
  readonly #lastSeen = new Map<string, number>();
  #runs: Run[] = [];
  #deletions: Deletion[] = [];
  #count = 0;
  #log: unknown;
  readonly #listeners = new Set<(request: SeenRequest | undefined) => void>();

  /** @param control the sandbox it is about */
  constructor(readonly control: Control) {
    this.#log = control.requests();
  }

  /** Calls `listener` with each request as it comes and as it ends, and without one when something has changed. */
  listen(listener: (request: SeenRequest | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The last requests, oldest first. */
  requests(): readonly SeenRequest[] {
    return this.#requests;
  }

  /** Runs that are the last one of their client, oldest first. */
  lastRuns(): readonly Run[] {
    const last = new Map(this.#runs.map((run) => [run.client, run]));
    return this.#runs.filter((run) => last.get(run.client) === run);
  }

  /** What was deleted. */
  deletions(): readonly Deletion[] {
    return this.#deletions;
  }

  /** Tells for a time at which something was written the run that did it, if that is the last one of its client. */
  finder(): (time: number) => Run | undefined {
    const runs = this.lastRuns();
    return (time) => runs.findLast(({ start, end }) => start <= time && time <= end);
  }

  /** Notes what the page did since `start`, in milliseconds since the epoch. */
  noteByHand(start: number, deleted?: Omit<Deletion, "at">): void {
    this.#noteWrite(BY_HAND, start);
    if (deleted !== undefined) this.#noteDeletion({ at: start, ...deleted });
    this.changed();
  }

  /** Says that something may have changed. */
  changed(): void {
    for (const listener of this.#listeners) listener(undefined);
  }

  /** Forgets everything but the requests. */
  forget(): void {
    this.#runs = [];
    this.#deletions = [];
    this.changed();
  }

  /** Follows a request until its connection is done with it. */
  follow(request: FastifyRequest, ended: (listener: () => void) => void): void {
    const start = Date.now();
    const client = clientOf(request.headers["user-agent"]);
    const seen: SeenRequest = {
      number: (this.#count += 1),
      at: new Date(start).toISOString(),
      method: request.method,
      path: shownPath(request.url, [...this.control.world.tokens.keys()]),
      parameters: [],
      status: null,
      duration: null,
      client,
    };
    this.#requests.push(seen);
    if (this.#requests.length > MOST_REQUESTS) this.#requests.shift();
    this.#tell(seen);
    ended(() => {
      seen.parameters = shownNames(request.logged?.parameters ?? []);
      seen.status = request.logged?.status ?? 0;
      seen.duration = Date.now() - start;
      if (isWrite(request.method) && seen.status < 300) {
        this.#noteWrite(client, start);
        if (request.method === "DELETE" && seen.status > 0) this.#noteDeleted(request.url, start);
        this.changed();
      }
      if (this.#lastSeen.size > MOST_CLIENTS) this.#lastSeen.clear();
      this.#lastSeen.set(client, Date.now());
      this.#tell(seen);
    });
  }

  #noteWrite(client: string, start: number): void {
    const end = Date.now();
    const last = this.#runs.at(-1);
    const lastSeen = this.#lastSeen.get(client) ?? 0;
    // Whoever empties the log begins something new.
    const isNew = this.#log !== this.control.requests();
    this.#log = this.control.requests();
    const goesOn = client === BY_HAND || (!isNew && start - Math.max(last?.end ?? 0, lastSeen) < PAUSE_MS);
    if (last?.client === client && goesOn) {
      last.end = end;
      last.writes += 1;
      return;
    }
    this.#runs = [...this.#runs.slice(1 - MOST_RUNS), { client, start, end, writes: 1 }];
  }

  #noteDeleted(url: string, at: number): void {
    const [, parent, what] = DELETED.exec(url.split("?", 1)[0] ?? "") ?? [];
    if (parent === undefined || what === undefined) return;
    try {
      const { kind, id } = this.control.scopeOf(decodeURIComponent(parent));
      this.#noteDeletion({ at, place: `${kind}s/${id}`, what });
    } catch {
      // Its project is gone too, and with it the place to show it at.
    }
  }

  #noteDeletion(deletion: Deletion): void {
    this.#deletions = [...this.#deletions.slice(1 - MOST_DELETIONS), deletion];
  }

  #tell(request: SeenRequest): void {
    for (const listener of this.#listeners) listener(request);
  }
}

/** Has every API request followed, and everything else that may change the state noticed. */
export function addHistoryHooks(app: FastifyInstance, history: History): void {
  app.addHook("onRequest", (request, reply, done) => {
    if (request.url.startsWith(API)) {
      history.follow(request, (listener) => {
        reply.raw.once("close", listener);
      });
    } else if (isWrite(request.method)) {
      reply.raw.once("close", () => {
        if (request.url.startsWith("/-/sandbox/reset")) history.forget();
        else history.changed();
      });
    }
    done();
  });
}

const isWrite = (method: string): boolean => !["GET", "HEAD", "OPTIONS"].includes(method);

/** The first product of a `User-Agent`. */
function clientOf(header: string | undefined): string {
  return /^[\w.@-]{1,40}/.exec(header ?? "")?.[0] ?? "an unnamed client";
}
