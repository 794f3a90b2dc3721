import type { Definition } from "../core/definition";
import { PartialFailureError } from "../core/errors";
import { create } from "../operations/create";
import { remove } from "../operations/delete";
import { forgetCollection } from "../operations/collections/collection-cache";
import { namedParent, type OperationContext } from "../operations/context";
import { update } from "../operations/update";
import type { Props } from "../operations/state/request-body";
import type { Desired } from "./check";
import { trimmed, unfinished, type Entries, type Entry } from "./state";
import { Failures } from "./failures";
import { lookUpTogether } from "../operations/lookups";
import { inParallel } from "../operations/in-parallel";
import { inEntry, type Kept, type Plan } from "./plan";
import { Progress } from "./progress";
import { keysOf } from "../operations/state/ownership/owners";
import { untilRegistered } from "../operations/state/ownership/registrations";
import type { NoticeCollector } from "./notices";

/** What came of the work on a fleet. */
export interface Outcome {
  /** The entries that have an object now. */
  readonly entries: Entries;
  readonly failures: Failures;
  /** The keys of the entries that took an object which was there already and equals them. */
  readonly found: readonly string[];
}

/** What {@link apply} works from. */
export interface Task {
  readonly plan: Plan;
  readonly current: Entries;
  readonly desired: Desired;
  /** Lets the objects of removed entries be. */
  readonly retains?: boolean;
}

/**
 * Does what a plan says. An entry that fails stops no other: what it has is kept, and it is noted.
 *
 * The object of a replaced entry goes before the new one comes, so that none is ever without an owner; those of removed
 * entries go last, so that other resources of the run can take them over.
 */
export async function apply(
  context: OperationContext,
  { plan, current, desired, retains }: Task,
  notices: NoticeCollector,
): Promise<Outcome> {
  const { same, changed, replaced, added, removed } = plan;
  const total = changed.length + replaced.length + added.length + removed.length;
  const work = new Applier(context, current, total, notices);
  for (const kept of [...same, ...changed, ...replaced]) work.rename(kept);
  await inParallel(replaced, ({ key }) => work.discard(key, false));
  const made = [...added, ...replaced.map(({ key }) => key).filter((key) => !work.entries.has(key))];
  const groups = groupsOf(context.definition, made, desired);
  const projects = groups.flatMap(({ named }) => (named?.scope === "project" ? [named.text] : []));
  await lookUpTogether(context.connection, projects, context.report);
  await inParallel(
    [...changed.map((kept) => () => work.change(kept)), ...groups.map((g) => () => work.make(g))],
    (job) => job(),
  );
  // A resource that is to have the object of a removed entry may be registered only after the fleet.
  if (current.size > 0 && removed.length > 0) await untilRegistered();
  if (retains) for (const key of removed) work.release(key);
  else await inParallel(removed, (key) => work.discard(key, true));
  return work;
}

class Applier implements Outcome {
  readonly entries: Map<string, Entry>;
  readonly failures: Failures;
  readonly found: string[] = [];
  readonly #progress: Progress;

  constructor(
    readonly context: OperationContext,
    current: Entries,
    total: number,
    readonly notices: NoticeCollector,
  ) {
    this.entries = new Map(current);
    this.failures = new Failures(context.definition);
    this.#progress = new Progress(context.definition, total, context.report);
  }

  rename({ key, from, entry }: Kept): void {
    if (key === from) return;
    this.entries.delete(from);
    this.entries.set(key, entry);
  }

  async change({ key, entry, news }: Kept): Promise<void> {
    if (news === undefined) return;
    await this.#attempt(key, [news, entry.outputs], async (context) => {
      this.#keep(key, entry.id, await update(context, entry.id, entry.outputs, news));
    });
  }

  /** Makes entries of one parent, which is listed once. */
  async make({ named, entries }: Group): Promise<void> {
    await Promise.all(
      entries.map(({ key, news }) =>
        this.#attempt(key, [news], async (context) => {
          const { id, outputs, isFound } = await create(context, news);
          this.#keep(key, id, outputs);
          if (isFound) this.found.push(key);
        }),
      ),
    );
    const { connection } = this.context;
    if (!named || !connection.isKnown(named.scope, named.text)) return;
    forgetCollection(this.context, await connection.parent(named.scope, named.text));
  }

  /** Deletes the object of an entry. Half of a replacement is no step of its own. */
  async discard(key: string, isStep: boolean): Promise<void> {
    const entry = this.entries.get(key);
    if (!entry) return;
    const task = async (context: OperationContext) => {
      const intent = this.#intentOf(context, entry);
      if (intent !== undefined) context.report("info", `kept, managed by another resource of this program: ${intent}.`);
      else await remove(context, entry.id, entry.outputs);
      this.entries.delete(key);
    };
    await this.#attempt(key, [entry.outputs], task, isStep);
  }

  /** Another resource that is to have the object of an entry. */
  #intentOf(context: OperationContext, { id, outputs }: Entry): string | undefined {
    const { resource } = this.context.fleet ?? {};
    // The entries of a fleet that has no name, as older programs have it, cannot be told from those of another.
    if (resource === undefined) return undefined;
    const intents = context.connection.ownership.intents(keysOf(context, id, outputs));
    return intents.find((intent) => !intent.startsWith(`${resource} `));
  }

  release(key: string): void {
    this.entries.delete(key);
    this.notices.add(key, "info", "removed from state, kept on GitLab (retainOnDelete).");
  }

  #keep(key: string, id: string, outputs: Props): void {
    this.entries.set(key, trimmed(this.context.definition, id, outputs));
  }

  async #attempt(
    key: string,
    given: readonly Props[],
    task: (context: OperationContext) => Promise<void>,
    isStep = true,
  ): Promise<void> {
    if (this.failures.isHopeless) {
      this.failures.skipped();
      return;
    }
    try {
      await task(inEntry({ ...this.context, report: this.notices.reportFor(key) }, key));
      this.failures.passed();
    } catch (error) {
      if (error instanceof PartialFailureError) this.#keep(key, error.id, unfinished(error.properties));
      this.failures.add(key, error, ...given);
    }
    if (isStep) this.#progress.step();
  }
}

interface New {
  readonly key: string;
  readonly news: Props;
}

/** Entries to be made below one parent, which they name. */
interface Group {
  readonly named: ReturnType<typeof namedParent>;
  readonly entries: New[];
}

/** Entries to be made, those of one parent together. */
function groupsOf(definition: Definition, keys: readonly string[], desired: Desired): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const key of keys) {
    const news = desired.get(key);
    if (!news) continue;
    const named = namedParent(definition, news);
    const mark = named ? `${named.scope} ${named.text.toLowerCase()}` : "";
    const group = groups.get(mark) ?? { named, entries: [] };
    groups.set(mark, group);
    group.entries.push({ key, news });
  }
  return [...groups.values()];
}
