import { setTimeout as sleep } from "node:timers/promises";
import { LostAnswerError } from "../client";
import type { Connection, Parent } from "../connection";
import { fieldsOf, isBlind } from "../fields";
import { accessOf, type Found } from "./access";
import { ageOf } from "./age";
import { claim } from "./marks";
import { fieldValues } from "./outputs";
import { idBelow, type Subject } from "./subject";
import { fromWire, same, type Props, type Write } from "./values";

/** Objects of one kind below one parent, as far as this process needs to know of the others. */
class Siblings {
  #listed: Promise<readonly Found[]> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly posting = new Set<Promise<unknown>>();

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

function siblingsOf(subject: Subject, parent: Parent): Siblings {
  const known = families.get(subject.connection) ?? new Map<string, Siblings>();
  families.set(subject.connection, known);
  const key = idBelow(subject.definition, parent, undefined);
  const siblings = known.get(key) ?? new Siblings(subject, parent);
  known.set(key, siblings);
  return siblings;
}

/**
 * Makes an object that nothing but its number tells apart. GitLab would make it twice when asked twice, so a POST whose
 * answer was lost is looked for before it is sent again.
 */
export async function createNumbered(
  subject: Subject,
  parent: Parent,
  inputs: Props,
): Promise<{ found: Found; claimed: string }> {
  const siblings = siblingsOf(subject, parent);
  const before = await siblings.listed();
  const write: Write = { given: fieldValues(subject.definition, inputs), reset: [], last: {} };
  const made = await postOnce(siblings, before, write);
  // Said only now, since the engine compares the other resources of the program meanwhile.
  warnOfTwin(subject, parent, before, write);
  return made;
}

async function postOnce(
  siblings: Siblings,
  before: readonly Found[],
  write: Write,
): Promise<{ found: Found; claimed: string }> {
  const { subject, parent } = siblings;
  for (let attempt = 0; ; attempt++) {
    try {
      const found = await post(siblings, write);
      return { found, claimed: claim(subject.connection, idBelow(subject.definition, parent, found.key)) };
    } catch (error) {
      if (!(error instanceof LostAnswerError)) throw error;
      const arrived = await recover(siblings, before, write);
      if (arrived) return arrived;
      if (attempt >= subject.connection.settings.retries) throw error;
    }
  }
}

async function post(siblings: Siblings, write: Write): Promise<Found> {
  const { definition, connection } = siblings.subject;
  const at = { scope: siblings.parent.scope, parent: String(siblings.parent.id) };
  const posting = accessOf[definition.kind].create(connection.client, definition, at, write);
  siblings.posting.add(posting);
  try {
    return await posting;
  } finally {
    siblings.posting.delete(posting);
  }
}

/** How long a request that was cut off may still take to arrive, in milliseconds. */
const stragglerPause = 500;

/** Finds what a POST made whose answer was lost. */
function recover(siblings: Siblings, before: readonly Found[], write: Write) {
  const { subject, parent } = siblings;
  const { definition, connection } = subject;
  return siblings.inTurn(async () => {
    await sleep(stragglerPause);
    // Whatever others are making right now must have its number before ours can be told from theirs.
    await Promise.allSettled([...siblings.posting]);
    const old = new Set(before.map((found) => found.key));
    const now = await siblings.list();
    const twin = now.find((found) => {
      const id = idBelow(definition, parent, found.key);
      return !old.has(found.key) && !connection.claims.has(id) && isTwin(subject, found, write);
    });
    if (!twin) return undefined;
    const claimed = claim(connection, idBelow(definition, parent, twin.key));
    // It may be the twin of another lost POST, with other secrets: so everything is sent once more.
    const at = { scope: parent.scope, parent: String(parent.id), key: twin.key ?? 0 };
    const found = await accessOf[definition.kind].update(connection.client, definition, at, write, () => undefined);
    return { found, claimed };
  });
}

/** Whether an object has, in every field that GitLab shows, what a fresh one would have. */
function isTwin(subject: Subject, found: Found, write: Write): boolean {
  return [...fieldsOf(subject.definition.fields)].every(([name, info]) => {
    if (isBlind(info) || (info.access === "writeOnly" && !info.meta.keysOnly)) return true;
    const wanted = write.given[name] ?? info.initial;
    const now = fromWire(info, found.values, wanted);
    return now === undefined || same(info, now, wanted);
  });
}

function warnOfTwin(subject: Subject, parent: Parent, before: readonly Found[], write: Write): void {
  const { definition, connection } = subject;
  for (const found of before) {
    const id = idBelow(definition, parent, found.key);
    if (connection.met.has(id) || connection.spent.has(id) || !isTwin(subject, found, write)) continue;
    subject.say(
      "warn",
      `${id}, made ${ageOf(found.values.created_at)}, equals the one that is being made in everything that GitLab shows. ` +
        "It may be what an interrupted run left, unless this program is renaming or replacing it just now. " +
        `Delete it on GitLab, or take it over with { import: "${id}" } and delete the new one.`,
    );
  }
}
