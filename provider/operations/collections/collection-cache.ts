import type { LostAnswerError } from "../../client";
import type { Connection, Parent } from "../connection";
import { fieldsOf, type FieldInfo, type Scope } from "../../core/schema";
import { isKey } from "../api/answers";
import type { RemoteObject } from "../api/remote-object";
import { idBelow, type OperationContext } from "../context";
import { comparable, fromWire, type Props } from "../state/request-body";

/** A project or group by its path, as the program gives it. */
export interface NamedPlace {
  readonly scope: Scope;
  readonly text: string;
}

/** Objects of one kind below one parent, as far as this process needs to know of the others. */
export class CollectionCache {
  #listed: Promise<readonly RemoteObject[]> | undefined;
  #alike: ReadonlyMap<string, readonly RemoteObject[]> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly posting = new Set<Promise<unknown>>();
  /** The failure of a create whose POST may have made something after all. */
  lost: LostAnswerError | undefined;

  #parent: Parent | undefined;

  /** @param place the project or group, or how the program names one whose number the first answer tells */
  constructor(
    readonly context: OperationContext,
    readonly place: Parent | NamedPlace,
  ) {
    this.#parent = "id" in place ? place : undefined;
  }

  /** The project or group, once an answer has told its number. */
  get parent(): Parent | undefined {
    return this.#parent;
  }

  /** The address of the objects, without their number. */
  get at(): { readonly scope: Scope; readonly parent: string } {
    const { scope } = this.place;
    const text = "text" in this.place ? this.place.text : "";
    return { scope, parent: this.#parent ? String(this.#parent.id) : text };
  }

  /** The project or group as an answer about one of its objects tells it. */
  async parentOf({ values }: RemoteObject): Promise<Parent> {
    if (this.#parent) return this.#parent;
    const id = values[`${this.place.scope}_id`];
    if (!isKey(id)) return this.lookUp();
    const parent = { scope: this.place.scope, id, path: this.at.parent };
    this.#parent = parent;
    this.context.connection.remember(parent);
    // Whoever names it otherwise from now on finds what is known of it here.
    const known = families.get(this.context.connection);
    const key = idBelow(this.context.definition, parent, undefined);
    if (!known?.has(key)) known?.set(key, this);
    return parent;
  }

  /**
   * Looks up the project or group that the program names.
   *
   * @throws GitLabError with status 404 when the token sees none
   */
  async lookUp(): Promise<Parent> {
    this.#parent ??= await this.context.connection.parent(this.place.scope, this.at.parent);
    return this.#parent;
  }

  /** What was there before this process made anything: one list per process. */
  listed(): Promise<readonly RemoteObject[]> {
    this.#listed ??= this.list().catch((error: unknown) => {
      this.#listed = undefined;
      throw error;
    });
    return this.#listed;
  }

  /** Those of {@link listed} that have the given values in every field that must be given and that GitLab shows. */
  async alike(given: Props): Promise<readonly RemoteObject[]> {
    const listed = await this.listed();
    this.#alike ??= this.#grouped(listed);
    return this.#alike.get(this.#likeness((info) => given[info.name])) ?? [];
  }

  #grouped(listed: readonly RemoteObject[]): ReadonlyMap<string, readonly RemoteObject[]> {
    const groups = new Map<string, RemoteObject[]>();
    for (const remote of listed) {
      const likeness = this.#likeness((info) => fromWire(info, remote.values, undefined));
      const group = groups.get(likeness) ?? [];
      groups.set(likeness, group);
      group.push(remote);
    }
    return groups;
  }

  #likeness(valueOf: (info: FieldInfo) => unknown): string {
    const infos = [...fieldsOf(this.context.definition.fields).values()];
    const telling = infos.filter((info) => info.required && info.access === "readable");
    return telling.map((info) => comparable(info, valueOf(info))).join("\n");
  }

  async list(): Promise<readonly RemoteObject[]> {
    const { api, definition, connection } = this.context;
    const listed = await api.list?.(connection.client, definition, this.at);
    if (listed || this.#parent || !api.list) return listed ?? [];
    // A project that was made a moment ago may not be seen by everybody yet: by its number, it is waited for.
    await this.lookUp();
    return this.list();
  }

  /** Runs one task after the other. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(task, task);
    this.#turn = next;
    return next;
  }
}

const families = new WeakMap<Connection, Map<string, CollectionCache>>();

/** The objects beside the one that a subject makes below `parent`. */
export function collectionCacheFor(context: OperationContext, place: Parent | NamedPlace): CollectionCache {
  const known = families.get(context.connection) ?? new Map<string, CollectionCache>();
  families.set(context.connection, known);
  const key =
    "id" in place
      ? idBelow(context.definition, place, undefined)
      : `${context.definition.name} ${place.scope} ${place.text.toLowerCase()}`;
  const collection = known.get(key) ?? new CollectionCache(context, place);
  known.set(key, collection);
  return collection;
}

/** Forgets the objects below a parent, so that a process which is done with it does not hold them. */
export function forgetCollection(context: OperationContext, parent: Parent): void {
  families.get(context.connection)?.delete(idBelow(context.definition, parent, undefined));
}
