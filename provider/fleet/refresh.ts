import type { Connection } from "../operations/connection";
import { ProviderError } from "../core/errors";
import { fieldsOf } from "../core/schema";
import type { RemoteObject } from "../operations/api/remote-object";
import { namesIn, requireSameGitLab, textIn } from "../operations/state/hidden-state";
import { readManaged, type ReadResult } from "../operations/read";
import { addressOf, type OperationContext } from "../operations/context";
import { same, type Props } from "../operations/state/request-body";
import { exclusiveArgs } from "./exclusive-arguments";
import { inputsOf, kept, packed, trimmed, unpacked, withoutUnfinished, type Entry } from "./state";
import { Failures } from "./failures";
import { inParallel } from "../operations/in-parallel";
import { Progress } from "./progress";
import { summary, type Item } from "./summary";
import { NoticeCollector } from "./notices";

const unread = "The state is unchanged. Run the refresh again.";

interface StateEntry extends Entry {
  readonly key: string;
}

/**
 * Reads the objects of all entries: from one list of each project or group where GitLab has one that shows what is
 * managed. An entry whose object is gone leaves the state, so that the next update makes it again.
 *
 * @throws ProviderError when some could not be read; the state stays as it was
 */
export async function read(context: OperationContext, id: string, props: Props): Promise<ReadResult> {
  const { definition, connection, report } = context;
  requireSameGitLab(connection, id, props);
  if (typeof props.__entries !== "string") {
    throw new ProviderError("A fleet cannot be read by its ID. Declare it with its entries.");
  }
  const known = [...unpacked(definition, props)].map(([key, entry]) => ({ key, ...entry }));
  wereRead(connection).add(id);
  const reading = new Reading(context, known.length);
  await inParallel(groupsOf(context, known), (group) => reading.read(group));
  reading.notices.reportAll(report);
  if (reading.failures.count > 0) throw new ProviderError(reading.failures.told(known.length, unread).join("\n"));
  const { items, entries } = reading;
  if (items.length > 0) report("info", `on GitLab: ${summary(definition, items, known.length)}`);
  const given = exclusiveArgs(props);
  const marks = { __gitlab: connection.settings.baseUrl, __claim: textIn(props, "__claim") ?? "" };
  // The same text where nothing changed, whatever version of the compression wrote it.
  const outputs = reading.isUnchanged ? { ...props, ...marks } : { ...packed(definition, entries, marks), ...given };
  const inputs = Object.fromEntries([...entries].map(([key, { outputs }]) => [key, inputsOf(definition, outputs)]));
  return { gone: false, props: { ...outputs }, inputs: { entries: inputs, ...given } };
}

const readIds = new WeakMap<Connection, Set<string>>();

/** The IDs of fleets that this process has read, and that were not compared since. */
export function wereRead(connection: Connection): Set<string> {
  const ids = readIds.get(connection) ?? new Set<string>();
  readIds.set(connection, ids);
  return ids;
}

class Reading {
  readonly notices = new NoticeCollector();
  readonly failures: Failures;
  readonly entries = new Map<string, Entry>();
  readonly items: Item[] = [];
  isUnchanged = true;
  readonly #progress: Progress;

  constructor(
    readonly context: OperationContext,
    total: number,
  ) {
    this.failures = new Failures(context.definition);
    this.#progress = new Progress(context.definition, total, context.report);
  }

  /** Reads the entries of one parent. */
  async read(group: readonly StateEntry[]): Promise<void> {
    if (this.failures.isHopeless) {
      this.failures.skipped(group.length);
      return;
    }
    try {
      const find = await finderFor(this.context, group);
      await Promise.all(group.map((entry) => this.#one(entry, find)));
    } catch (error) {
      for (const { key, outputs } of group) this.failures.add(key, error, outputs);
    }
  }

  async #one(entry: StateEntry, find: Find): Promise<void> {
    const { key, id, outputs } = entry;
    try {
      const remote = await find(entry);
      this.context.connection.met.add(id);
      const one: OperationContext = { ...this.context, report: this.notices.reportFor(key) };
      this.#note(entry, await readManaged(one, id, outputs, remote));
      this.failures.passed();
    } catch (error) {
      this.failures.add(key, error, outputs);
    }
    this.#progress.step();
  }

  #note({ key, id, outputs }: StateEntry, result: ReadResult): void {
    if (result.gone) {
      this.isUnchanged = false;
      this.items.push({ sign: "-", key });
      return;
    }
    const props = withoutUnfinished(result.props);
    this.entries.set(key, trimmed(this.context.definition, id, props));
    const { definition } = this.context;
    if (kept(definition, props) !== kept(definition, outputs)) this.isUnchanged = false;
    const names = driftOf(this.context, outputs, props);
    if (names.length > 0) this.items.push({ sign: "~", key, about: names.join(", ") });
  }
}

/** Names of the arguments that GitLab has otherwise than it was last known. */
function driftOf({ definition }: OperationContext, before: Props, now: Props): string[] {
  const names = namesIn(before, "__managed");
  const infos = [...fieldsOf(definition.fields).values()];
  return infos
    .filter((info) => names.includes(info.name) && !same(info, before[info.name], now[info.name]))
    .map(({ name }) => name);
}

type Find = (entry: StateEntry) => Promise<RemoteObject | undefined>;

/** Lists a parent once, where its list shows what is managed; what it hides is looked up one by one. */
async function finderFor(
  { api, definition, connection }: OperationContext,
  group: readonly StateEntry[],
): Promise<Find> {
  const one: Find = ({ id }) => api.find(connection.client, definition, addressOf(definition, id));
  const [first] = group;
  if (!api.list || !first) return one;
  const { scope, parent } = addressOf(definition, first.id);
  const above = scope && parent !== undefined ? { scope, parent } : {};
  const listed = await api.list(connection.client, definition, above);
  const byNumber = new Map(listed?.map((remote) => [remote.key, remote]));
  return async (entry) => {
    const remote = byNumber.get(addressOf(definition, entry.id).key);
    // While the pages of a list are fetched, a deletion elsewhere can hide an object between two of them.
    if (!remote) return listed && one(entry);
    const managed = namesIn(entry.outputs, "__managed");
    return remote.hidden?.some((name) => managed.includes(name)) ? one(entry) : remote;
  };
}

/** The entries by project or group, each of its own where there is no list. */
function groupsOf(
  { api, definition }: OperationContext,
  entries: readonly StateEntry[],
): readonly (readonly StateEntry[])[] {
  if (!api.list) return entries.map((entry) => [entry]);
  const groups = new Map<string, StateEntry[]>();
  for (const entry of entries) {
    const { scope, parent } = addressOf(definition, entry.id);
    const mark = `${scope ?? ""} ${parent ?? ""}`;
    const group = groups.get(mark) ?? [];
    groups.set(mark, group);
    group.push(entry);
  }
  return [...groups.values()];
}
