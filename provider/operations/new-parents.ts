import { setTimeout as sleep } from "node:timers/promises";
import { GitLabError, type ApiPath, type Client } from "../client";
import type { Scope } from "../core/schema";
import { isObject } from "../core/json";
import { status } from "../core/log";

/** For so many milliseconds after the creation of a project or group, a 404 below it may only be too early. */
const settling = 30_000;
/** Milliseconds before each further try. */
const pauses = [200, 500, 1_000, 2_000, 4_000, 8_000];
/** A wait that goes on for longer than this many milliseconds is worth a status line. */
const worthTelling = 2_000;

/** GitLab's words for a project or group that the token does not see. */
const unseenParent = /^404 (?:Project|Group|Namespace) Not Found$/;
/** What it answers where a user may not do something yet. Of a GET, it is what any object that is not there is answered with. */
const unseen = /^(?:404 )?Not [Ff]ound$/;

/** The path of a project or group, and of nothing in it. */
const isParent = /^\/(?:projects|groups)\/[^/]+$/;

/**
 * Projects and groups that were made a moment ago. GitLab works out in the background who may do what in them, and the first
 * requests for what is in them may be answered with 404 until it has.
 */
export class NewParents {
  readonly #until = new Map<string, number>();

  /** Notes one that was made so many milliseconds ago. */
  note(scope: Scope, id: number, age: number): void {
    if (age < settling) this.#until.set(keyOf(scope, id), Date.now() + settling - Math.max(0, age));
  }

  /** Forgets every project or every group, since one of them is gone. */
  forget(scope: Scope): void {
    for (const key of this.#until.keys()) if (key.startsWith(`/${scope}s/`)) this.#until.delete(key);
  }

  /** Whether a refusal may only be too early: GitLab would see a new project or group that the request is about later. */
  isTooEarly(error: unknown, path: ApiPath, body: unknown): boolean {
    if (!(error instanceof GitLabError) || error.status !== 404 || !error.isFromApi) return false;
    const isWrite = error.method === "POST" || error.method === "PUT";
    // Whoever reads it alone may wait for just that: that it is gone.
    if (!isWrite && isParent.test(path)) return false;
    const isMeant = (text: string) =>
      unseenParent.test(text) || (isWrite && error.missing !== "call" && unseen.test(text));
    return error.details.some(isMeant) && this.#parentsIn(path, body).some((key) => this.#isNew(key));
  }

  /** The project or group in a path, and those that a body names by number. */
  #parentsIn(path: ApiPath, body: unknown): string[] {
    const above = /^\/(?:projects|groups)\/\d+(?=\/|$)/.exec(path)?.[0];
    const named = isObject(body) ? [body.group_id, body.namespace_id] : [];
    return [...(above === undefined ? [] : [above]), ...named.map((id) => keyOf("group", Number(id)))];
  }

  #isNew(key: string): boolean {
    return Date.now() < (this.#until.get(key) ?? 0);
  }
}

function keyOf(scope: Scope, id: number): string {
  return `/${scope}s/${id}`;
}

/** The same client, which asks again, a few times, where a 404 may only be too early. */
export function patient(client: Client, parents: NewParents, retries: number): Client {
  async function again<T>(path: ApiPath, body: unknown, send: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await send();
      } catch (error) {
        const pause = pauses[tries];
        if (pause === undefined || tries >= retries || !parents.isTooEarly(error, path, body)) throw error;
        if (pause > worthTelling) status(`${path.slice(1)}: waiting until GitLab shows it to the token`);
        await sleep(pause);
      }
    }
  }
  return {
    ...client,
    get: (path, query, options) => again(path, undefined, () => client.get(path, query, options)),
    post: (path, body) => again(path, body, () => client.post(path, body)),
    put: (path, body) => again(path, body, () => client.put(path, body)),
    delete: (path, body) => again(path, body, () => client.delete(path, body)),
    async *list(path, query, options) {
      // Only the first page can be too early, and then the list starts again.
      const [rows, first] = await again(path, undefined, async () => {
        const begun = client.list(path, query, options)[Symbol.asyncIterator]();
        return [begun, await begun.next()] as const;
      });
      if (first.done === true) return;
      yield first.value;
      yield* { [Symbol.asyncIterator]: () => rows };
    },
  };
}
