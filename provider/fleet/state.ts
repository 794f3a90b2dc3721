import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import type { Definition } from "../core/definition";
import { ProviderError } from "../core/errors";
import { fieldsOf, oncePerFields } from "../core/schema";
import { toHiddenState, namesIn, textIn, type HiddenState } from "../operations/state/hidden-state";
import { namedIn } from "../operations/state/references";
import { addressOf, parentOutputs } from "../operations/context";
import { same, type Props } from "../operations/state/request-body";
import { noteSecrets } from "../secrets/known-secrets";

/** The object of one entry: its ID and its outputs, as a resource of its own would have them. */
export interface Entry {
  readonly id: string;
  readonly outputs: Props;
}

/** The entries that have an object, by key. */
export type Entries = ReadonlyMap<string, Entry>;

/** The outputs of a fleet. */
export interface FleetOutputs {
  readonly ids: Readonly<Record<string, string>>;
  /** All that is known of the objects but their IDs, compressed: state holds it encrypted as one text. */
  readonly __entries: string;
  readonly __gitlab: string;
  readonly __claim: string;
}

/** An entry without what state does not keep: of thousands, the rest would fill the memory. */
export function trimmed(definition: Definition, id: string, outputs: Props): Entry {
  const { __gitlab = "", __claim } = outputs as Partial<FleetMarks>;
  return { id, outputs: outputsOf(definition, id, rowOf(definition, outputs), { __gitlab, __claim }) };
}

/** What state keeps of one entry, as a text: two that are alike are the same to state. */
export function kept(definition: Definition, outputs: Props): string {
  return JSON.stringify(rowOf(definition, outputs));
}

/**
 * What state keeps of one entry, beyond its ID: the arguments that the program gives (null where GitLab dropped one),
 * other fields and flags that are not what they would be by themselves, and marks.
 */
type Row = readonly [given: Props, others?: Props, marks?: Props];

const form = "1:";

/** The outputs of a fleet with these entries. */
export function packed(definition: Definition, entries: Entries, { __gitlab, __claim }: FleetMarks): FleetOutputs {
  const keys = [...entries.keys()].sort();
  const ids = Object.fromEntries(keys.map((key) => [key, entries.get(key)?.id ?? ""]));
  const rows = keys.map((key) => rowOf(definition, entries.get(key)?.outputs ?? {}));
  return { ids, __entries: form + compressed(JSON.stringify(rows)), __gitlab, __claim };
}

/** The marks that all entries share. */
export type FleetMarks = Pick<FleetOutputs, "__gitlab" | "__claim">;

/**
 * The entries that a fleet's outputs hold.
 *
 * @throws ProviderError when a newer version wrote them
 */
export function unpacked(definition: Definition, outputs: Props): Entries {
  const { ids = {}, __entries: text } = outputs;
  if (typeof text !== "string") return new Map();
  if (!text.startsWith(form)) {
    throw new ProviderError(
      "A newer version of pulumi-gitlab-dynamic wrote the entries of this fleet. Run `npm install pulumi-gitlab-dynamic@latest`.",
    );
  }
  const rows = JSON.parse(decompressed(text.slice(form.length))) as readonly Row[];
  const shared = { __gitlab: textIn(outputs, "__gitlab") ?? "", __claim: textIn(outputs, "__claim") };
  const keys = Object.keys(ids as object).sort();
  const entries = new Map(
    keys.map((key, index) => {
      const id = (ids as Readonly<Record<string, string>>)[key] ?? "";
      return [key, { id, outputs: outputsOf(definition, id, rows[index] ?? [{}], shared) }];
    }),
  );
  // Outputs alone come to a read and a delete, and only here are they in clear.
  for (const { outputs } of entries.values()) noteSecrets(definition, outputs);
  return entries;
}

function compressed(text: string): string {
  // A quality beyond this one takes ten times as long and saves a twentieth.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_LGWIN]: 22 };
  return brotliCompressSync(text, { params }).toString("base64");
}

function decompressed(text: string): string {
  return brotliDecompressSync(Buffer.from(text, "base64")).toString("utf8");
}

const entryMarks = ["__inherited", "__incomplete", "__stored", "__unfinished", "__untaken"] as const;

/**
 * The outputs of an entry of which it is not known how far its last write came. As the engine does for a resource of its
 * own, the next update writes it over, whatever the comparison says, unless a refresh has read it before.
 */
export function unfinished(outputs: Props): Props {
  return { ...outputs, __unfinished: true };
}

/** Whether the last write of an entry ended {@link unfinished}. */
export function isUnfinished({ __unfinished }: Props): boolean {
  return __unfinished === true;
}

/** Outputs of an entry that was read. */
export function withoutUnfinished(outputs: Props): Props {
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => name !== "__unfinished"));
}

/** The arguments of an entry as its outputs have them: what the program gives, as GitLab has it now. */
export function inputsOf(definition: Definition, outputs: Props): Record<string, unknown> {
  const names = namesIn(outputs, "__managed").filter((name) => !isImplied(definition, name, outputs[name]));
  return Object.fromEntries(names.flatMap((name) => (name in outputs ? [[name, outputs[name]]] : [])));
}

function rowOf(definition: Definition, outputs: Props): Row {
  const names = namesIn(outputs, "__managed").filter((name) => !isImplied(definition, name, outputs[name]));
  const given = Object.fromEntries(names.map((name) => [name, outputs[name] ?? null]));
  const others = othersOf(definition, outputs, given);
  const marks = Object.fromEntries(entryMarks.filter((name) => name in outputs).map((name) => [name, outputs[name]]));
  if (Object.keys(marks).length > 0) return [given, others, marks];
  return Object.keys(others).length > 0 ? [given, others] : [given];
}

/** Whether a check adds just this by itself, so that it goes without saying. */
export function isImplied(definition: Definition, name: string, value: unknown): boolean {
  const info = fieldsOf(definition.fields).get(name);
  return info?.meta.alwaysManaged === true && (value ?? info.initial) === info.initial;
}

/** What a check adds by itself. */
const impliedBy = oncePerFields((fields): Props => {
  const infos = [...fieldsOf(fields).values()].filter(({ meta }) => meta.alwaysManaged);
  return Object.fromEntries(infos.map(({ name, initial }) => [name, initial]));
});

/** What was not given and is not as it would be by itself: a change may depend on it. */
function othersOf(definition: Definition, outputs: Props, given: Props): Props {
  const others: Record<string, unknown> = {};
  for (const [name, info] of fieldsOf(definition.fields)) {
    const value = outputs[name];
    if (name in given || value === undefined || isImplied(definition, name, value)) continue;
    if (info.meta.always || !same(info, value, info.initial)) others[name] = value;
  }
  for (const { name } of definition.outputs) if (outputs[name] === true) others[name] = true;
  for (const scope of definition.scopes) {
    const path = outputs[`${scope}Path`];
    if (typeof path === "string" && path !== outputs[scope]) others[`${scope}Path`] = path;
  }
  return { ...others, ...namedIn(definition, outputs) };
}

function outputsOf(
  definition: Definition,
  id: string,
  [given, others = {}, marks = {}]: Row,
  shared: Pick<HiddenState, "__gitlab" | "__claim">,
): Props {
  const { scope, parent } = addressOf(definition, id);
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  const implied = impliedBy(definition.fields);
  const path = scope && String(others[`${scope}Path`] ?? given[scope]);
  return {
    ...implied,
    ...known,
    ...others,
    ...(scope && parentOutputs({ scope, id: Number(parent), path: path ?? "" })),
    ...marks,
    ...toHiddenState({ ...shared, __managed: [...new Set([...Object.keys(implied), ...Object.keys(given)])].sort() }),
  };
}
