import type { LostAnswerError } from "../../client";
import type { Connection, Parent } from "../connection";
import { fieldsOf, type FieldInfo } from "../../core/schema";
import type { RemoteObject } from "../api/remote-object";
import { idBelow, type OperationContext } from "../context";
import { comparable, fromWire, type Props } from "../state/request-body";

/** Objects of one kind below one parent, as far as this process needs to know of the others. */
export class CollectionCache {
  #listed: Promise<readonly RemoteObject[]> | undefined;
  #alike: ReadonlyMap<string, readonly RemoteObject[]> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly posting = new Set<Promise<unknown>>();
  /** The failure of a create whose POST may have made something after all. */
  lost: LostAnswerError | undefined;

  constructor(
    readonly context: OperationContext,
    readonly parent: Parent,
  ) {}

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
    const at = { scope: this.parent.scope, parent: String(this.parent.id) };
    return (await api.list?.(connection.client, definition, at)) ?? [];
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
export function collectionCacheFor(context: OperationContext, parent: Parent): CollectionCache {
  const known = families.get(context.connection) ?? new Map<string, CollectionCache>();
  families.set(context.connection, known);
  const key = idBelow(context.definition, parent, undefined);
  const collection = known.get(key) ?? new CollectionCache(context, parent);
  known.set(key, collection);
  return collection;
}

/** Forgets the objects below a parent, so that a process which is done with it does not hold them. */
export function forgetCollection(context: OperationContext, parent: Parent): void {
  families.get(context.connection)?.delete(idBelow(context.definition, parent, undefined));
}
