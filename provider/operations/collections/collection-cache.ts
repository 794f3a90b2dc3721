import type { LostAnswerError } from "../../client";
import type { Connection, Parent } from "../connection";
import { fieldsOf, type FieldInfo } from "../../core/schema";
import type { Found } from "../api/remote-object";
import { accessOf } from "../../resources/api";
import { idBelow, type Subject } from "../context";
import { comparable, fromWire, type Props } from "../state/request-body";

/** Objects of one kind below one parent, as far as this process needs to know of the others. */
export class Siblings {
  #listed: Promise<readonly Found[]> | undefined;
  #alike: ReadonlyMap<string, readonly Found[]> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly posting = new Set<Promise<unknown>>();
  /** The failure of a create whose POST may have made something after all. */
  lost: LostAnswerError | undefined;

  constructor(
    readonly subject: Subject,
    readonly parent: Parent,
  ) {}

  /** What was there before this process made anything: one list per process. */
  listed(): Promise<readonly Found[]> {
    this.#listed ??= this.list().catch((error: unknown) => {
      this.#listed = undefined;
      throw error;
    });
    return this.#listed;
  }

  /** Those of {@link listed} that have the given values in every field that must be given and that GitLab shows. */
  async alike(given: Props): Promise<readonly Found[]> {
    const listed = await this.listed();
    this.#alike ??= this.#grouped(listed);
    return this.#alike.get(this.#likeness((info) => given[info.name])) ?? [];
  }

  #grouped(listed: readonly Found[]): ReadonlyMap<string, readonly Found[]> {
    const groups = new Map<string, Found[]>();
    for (const found of listed) {
      const likeness = this.#likeness((info) => fromWire(info, found.values, undefined));
      const group = groups.get(likeness) ?? [];
      groups.set(likeness, group);
      group.push(found);
    }
    return groups;
  }

  #likeness(valueOf: (info: FieldInfo) => unknown): string {
    const infos = [...fieldsOf(this.subject.definition.fields).values()];
    const telling = infos.filter((info) => info.required && info.access === "readable");
    return telling.map((info) => comparable(info, valueOf(info))).join("\n");
  }

  async list(): Promise<readonly Found[]> {
    const { definition, connection } = this.subject;
    const at = { scope: this.parent.scope, parent: String(this.parent.id) };
    return (await accessOf[definition.kind].list?.(connection.client, definition, at)) ?? [];
  }

  /** Runs one task after the other. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(task, task);
    this.#turn = next;
    return next;
  }
}

const families = new WeakMap<Connection, Map<string, Siblings>>();

/** The objects beside the one that a subject makes below `parent`. */
export function siblingsOf(subject: Subject, parent: Parent): Siblings {
  const known = families.get(subject.connection) ?? new Map<string, Siblings>();
  families.set(subject.connection, known);
  const key = idBelow(subject.definition, parent, undefined);
  const siblings = known.get(key) ?? new Siblings(subject, parent);
  known.set(key, siblings);
  return siblings;
}

/** Forgets the objects below a parent, so that a process which is done with it does not hold them. */
export function forgetSiblings(subject: Subject, parent: Parent): void {
  families.get(subject.connection)?.delete(idBelow(subject.definition, parent, undefined));
}
