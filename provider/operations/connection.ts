import { apiPath, clientFor, isNotFound, lacksCall, notFound, path, UnreachableError, type Client } from "../client";
import type { Settings } from "../config/settings";
import { isObject } from "../core/json";
import { explained } from "./explained";
import { otherThanGitLab } from "./not-gitlab";
import { withoutToken } from "./preview/without-token";
import type { Scope } from "../core/schema";
import { ownershipRecord, type OwnershipRecord } from "./state/ownership/record";
import { NewParents, patient } from "./new-parents";
import { currentOperation } from "../core/operation";

/** A project or group as GitLab names it. */
export interface Parent {
  readonly scope: Scope;
  readonly id: number;
  /** Its full path. */
  readonly path: string;
  /** Whether it is an archived project, where an answer about it alone has said so. */
  readonly archived?: boolean;
  /** The level of the role that the token's user has there by what such an answer says; null where it names none. */
  readonly level?: number | null;
}

/** A group or a user, as the place of projects. */
export type Namespace = Pick<Parent, "id" | "path">;

/**
 * One GitLab as this process knows it: the client, and what the process has done and seen so far.
 *
 * The process lives for one operation, so nothing here grows old.
 */
export class Connection {
  readonly client: Client;
  /** Who owns which object, as the whole run knows it. */
  readonly ownership: OwnershipRecord;
  /** IDs of objects that this process has read, compared, made or taken over for a resource. */
  readonly met: Set<string>;
  /** Whether this process has changed anything on GitLab: what it listed before may be old since. */
  hasWritten = false;
  readonly #parents: Map<string, Promise<Parent>>;
  readonly #seen: Map<string, Promise<boolean>>;
  readonly #newParents: NewParents;
  readonly #isImpatient: boolean;
  readonly #proof: { isGitLab?: Promise<string | undefined> };

  /** @param known a connection to the same GitLab, whose knowledge is shared */
  constructor(
    readonly settings: Settings,
    known?: Connection,
  ) {
    this.#newParents = known ? known.#newParents : new NewParents();
    const client = settings.token === "" ? withoutToken(settings) : explained(clientFor(settings));
    this.#proof = known ? known.#proof : {};
    this.client = known ? client : patient(client, this.#newParents, settings.retries);
    this.ownership = known?.ownership ?? ownershipRecord();
    this.met = known?.met ?? new Set<string>();
    this.#parents = known ? known.#parents : new Map<string, Promise<Parent>>();
    this.#seen = known ? known.#seen : new Map<string, Promise<boolean>>();
    this.#isImpatient = known !== undefined;
  }

  /** The same connection for questions that are not worth a long wait: a request is repeated once at most. */
  impatient(): Connection {
    return new Connection({ ...this.settings, retries: Math.min(1, this.settings.retries) }, this);
  }

  /**
   * Looks a project or group up by number or full path, once per process.
   *
   * @throws GitLabError with status 404 when the token sees none, UnreachableError where no GitLab answers so
   */
  async parent(scope: Scope, text: string): Promise<Parent> {
    try {
      return await this.#parent(scope, text);
    } catch (error) {
      if (isNotFound(error) || lacksCall(error)) await this.#requireGitLab();
      throw error;
    }
  }

  #parent(scope: Scope, text: string): Promise<Parent> {
    const key = parentKey(scope, text);
    const cached = this.#parents.get(key);
    if (cached) return cached;
    const looking = this.#lookUp(scope, text);
    // A look-up that is given up soon must not fail for those who would wait.
    if (!this.#isImpatient) this.#parents.set(key, looking);
    looking.then(
      (parent) => {
        for (const name of [text, String(parent.id), parent.path]) this.#parents.set(parentKey(scope, name), looking);
      },
      // A project may be made later in the same run, and a failure may pass.
      () => this.#parents.delete(key),
    );
    return looking;
  }

  /**
   * Looks up the namespace that a program names: a group, as {@link parent} does, or a user's own.
   *
   * @throws GitLabError with status 404 when the token sees none
   */
  async namespace(text: string): Promise<Namespace> {
    const group = await this.parent("group", text).catch(notFound);
    if (group) return { id: group.id, path: group.path };
    const { body } = await this.client.get(path`/namespaces/${text}`);
    const { id, full_path: fullPath } = (body ?? {}) as { id?: unknown; full_path?: unknown };
    if (typeof id !== "number" || typeof fullPath !== "string") throw noParent("namespace", text);
    return { id, path: fullPath };
  }

  /** Notes that this process has just made a project or group: for a while, a 404 below it may only be too early. */
  noteNew(scope: Scope, id: number): void {
    this.#newParents.note(scope, id, 0);
  }

  /**
   * Notes a project or group that a request has just shown, so that nothing looks it up again.
   *
   * @param createdAt in ISO 8601, where the answer has it
   */
  remember(parent: Parent, createdAt?: unknown): void {
    this.#newParents.note(parent.scope, parent.id, ageAt(Date.now(), createdAt));
    const found = Promise.resolve(parent);
    this.#parents.set(parentKey(parent.scope, String(parent.id)), found);
    this.#parents.set(parentKey(parent.scope, parent.path), found);
  }

  /** Whether a project or group has been looked up, or is just being looked up. */
  isKnown(scope: Scope, text: string): boolean {
    return this.#parents.has(parentKey(scope, text));
  }

  /** Forgets every project or every group, since one of them is gone. */
  forget(scope: Scope): void {
    this.#newParents.forget(scope);
    for (const known of [this.#parents, this.#seen]) {
      for (const key of known.keys()) if (key.startsWith(`${scope} `)) known.delete(key);
    }
  }

  /** Whether the token sees a project or group, asked once per process. Failures other than 404 are thrown. */
  sees(scope: Scope, text: string): Promise<boolean> {
    const key = parentKey(scope, text);
    const looking = this.#seen.get(key) ?? this.#look(scope, text);
    this.#seen.set(key, looking);
    looking.catch(() => this.#seen.delete(key));
    return looking;
  }

  /** @throws UnreachableError where what answers 404 has no version either, as every GitLab has */
  async #requireGitLab(): Promise<void> {
    this.#proof.isGitLab ??= otherThanGitLab(this.client);
    const problem = await this.#proof.isGitLab;
    if (problem === undefined) return;
    throw new UnreachableError("GET", "/version", new URL(this.settings.baseUrl).origin, "no GitLab", problem, true);
  }

  async #look(scope: Scope, text: string): Promise<boolean> {
    return (await this.#parent(scope, text).catch(notFound)) !== undefined;
  }

  async #lookUp(scope: Scope, text: string): Promise<Parent> {
    const response = await this.client.get(apiPath(scope, text));
    this.#proof.isGitLab ??= Promise.resolve(undefined);
    const body = response.body as Readonly<Record<string, unknown>> | null | undefined;
    const id = body?.id;
    const fullPath = body?.[scope === "project" ? "path_with_namespace" : "full_path"];
    const isOther = /^\d+$/.test(text) && id !== Number(text);
    if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 1 || isOther || typeof fullPath !== "string") {
      throw noParent(scope, text);
    }
    const date = Date.parse(response.headers.date ?? "");
    this.#newParents.note(scope, id, ageAt(Number.isNaN(date) ? Date.now() : date, body?.created_at));
    return { scope, id, path: fullPath, ...stateOf(scope, body ?? {}) };
  }
}

/** What only some answers about a project tell: that of one who may not see it all leaves parts out. */
function stateOf(scope: Scope, body: Readonly<Record<string, unknown>>): Pick<Parent, "archived" | "level"> {
  if (scope !== "project") return {};
  const archived = typeof body.archived === "boolean" ? { archived: body.archived } : {};
  if (!isObject(body.permissions)) return archived;
  const { project_access: own, group_access: above } = body.permissions;
  const levels = [own, above].map((access) => (isObject(access) ? access.access_level : undefined));
  const numbers = levels.filter((level) => typeof level === "number");
  return { ...archived, level: numbers.length === 0 ? null : Math.max(...numbers) };
}

/** Milliseconds from a time of GitLab's to another. */
function ageAt(now: number, createdAt: unknown): number {
  const then = typeof createdAt === "string" ? Date.parse(createdAt) : Number.NaN;
  return Number.isNaN(then) ? Infinity : now - then;
}

function noParent(kind: string, text: string): Error {
  return new Error(`GET /${kind}s/${text}: the answer has no id and path; is gitlab:baseUrl a GitLab?`);
}

function parentKey(scope: Scope, text: string): string {
  return `${scope} ${text.toLowerCase()}`;
}

const connections = new Map<string, Connection>();

/** The connection of a configuration: one per process or {@link currentOperation}, shared by all definitions. */
export function connectionFor(settings: Settings): Connection {
  const key = JSON.stringify(settings);
  const known = (currentOperation()?.memory as Map<string, Connection> | undefined) ?? connections;
  const connection = known.get(key) ?? new Connection(settings);
  known.set(key, connection);
  return connection;
}
