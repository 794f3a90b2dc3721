import { createHash } from "node:crypto";
import type { Definition } from "../../core/definition";
import { fieldsOf, isBlind, type FieldInfo } from "../../core/schema";
import { isObject } from "../../core/json";
import type { RemoteObject } from "../api/remote-object";
import { namesIn, type HiddenState } from "./hidden-state";
import { isCompared, isWithheld, presenceOf } from "./outputs";
import { comparable, fromWire, same, type Props } from "./request-body";

/**
 * What GitLab had, after the last write, in the place of what the program gives: by the name of each such field, a text
 * that stands for its value without telling it. Empty where the answer did not show the field.
 */
type Otherwise = ReadonlyMap<string, string>;

const absent = "";

/** What GitLab had otherwise than the program, as the outputs remember it. */
function otherwiseIn(props: Props): Otherwise {
  const shown = isObject(props.__stored) ? Object.entries(props.__stored) : [];
  return new Map([
    // States of versions before the mark do not have more than the name of what an answer did not show, or had otherwise.
    ...namesIn(props, "__untaken").map((name) => [name, absent] as const),
    ...shown.map(([name, text]) => [name, String(text)] as const),
  ]);
}

/**
 * The fields that GitLab still has as it had them after the last write, though otherwise than the program gives them: what
 * the program says stands for them until something changes.
 *
 * @param props the last outputs
 */
export function stillOtherwise(definition: Definition, remote: RemoteObject, props: Props): readonly string[] {
  const infos = fieldsOf(definition.fields);
  return [...otherwiseIn(props)].flatMap(([name, text]) => {
    const info = infos.get(name);
    return info && textOf(info, remote, props[name]) === text ? [name] : [];
  });
}

/** The marks of the outputs without those of the fields that are otherwise no more. */
export function otherwiseMarks(props: Props, names: readonly string[]): Props {
  const stored = Object.entries(isObject(props.__stored) ? props.__stored : {}).filter(([name]) =>
    names.includes(name),
  );
  const dropped = namesIn(props, "__untaken").filter((name) => names.includes(name));
  return {
    ...(stored.length > 0 ? { __stored: Object.fromEntries(stored) } : {}),
    ...(dropped.length > 0 ? { __untaken: dropped } : {}),
  };
}

/** What a write starts from, and what it brought about. */
export interface Written {
  readonly remote: RemoteObject;
  /** The program's arguments as they were sent. */
  readonly given: Props;
  /** The last outputs, marks included. */
  readonly last: Props;
  /** The values that GitLab had before. A field that is missing had GitLab's default. */
  readonly before: Props;
}

/** How GitLab took what was sent. */
export interface Taken {
  /** All fields that GitLab has otherwise than the program gives them. */
  readonly names: readonly string[];
  readonly marks: Pick<HiddenState, "__untaken" | "__stored">;
  /** Those that GitLab ignored, as far as they were not told of before: the response shows none, or the value from before. */
  readonly dropped: readonly string[];
  /** The same of those that GitLab took and stored as another value. */
  readonly changed: readonly FieldInfo[];
}

/** Compares an answer with what was sent. */
export function takenIn(definition: Definition, written: Written): Taken {
  const known = otherwiseIn(written.last);
  const dropped: string[] = [];
  const news = { dropped: [] as string[], changed: [] as FieldInfo[] };
  const stored: Record<string, string> = {};
  for (const info of deviating(definition, written.remote, written.given)) {
    const { name } = info;
    const text = textOf(info, written.remote, written.given[name]);
    const isKnown = known.get(name) === text && same(info, written.last[name], written.given[name]);
    const isDropped = isKnown
      ? namesIn(written.last, "__untaken").includes(name)
      : isAsBefore(info, written, known, text);
    if (isDropped) dropped.push(name);
    if (text !== absent) stored[name] = text;
    if (!isKnown && isDropped) news.dropped.push(name);
    if (!isKnown && !isDropped) news.changed.push(info);
  }
  const names = [...new Set([...dropped, ...Object.keys(stored)])];
  return { names, marks: { __untaken: dropped, __stored: stored }, ...news };
}

function isAsBefore(info: FieldInfo, { remote, given, before }: Written, known: Otherwise, text: string): boolean {
  if (info.access === "writeOnly" && !info.meta.keysOnly) return true;
  if (text === absent) return true;
  const last = known.get(info.name);
  if (last !== undefined) return last === text;
  return same(info, fromWire(info, remote.values, given[info.name]), before[info.name] ?? info.initial);
}

/** The fields of which an answer proves that GitLab does not have what was sent. */
function deviating(definition: Definition, remote: RemoteObject, given: Props): FieldInfo[] {
  return [...fieldsOf(definition.fields).values()].filter((info) => {
    const value = given[info.name];
    if (value === undefined || isBlind(info) || !isCompared(info.name, given)) return false;
    if (info.access === "writeOnly" && !info.meta.keysOnly) {
      const isPresent = presenceOf(info, remote);
      // A server that does not say whether such a secret is there does not know it yet.
      const isUnheardOf = info.meta.presenceReported === true && isPresent === undefined;
      return (isPresent === false || isUnheardOf) && value !== "";
    }
    if (isWithheld(info, remote)) return false;
    return !same(info, fromWire(info, remote.values, value), value);
  });
}

/** A text that is the same for values of a field that mean the same, and that does not tell them. */
function textOf(info: FieldInfo, remote: RemoteObject, last: unknown): string {
  const value =
    info.access === "writeOnly" && !info.meta.keysOnly ? presenceOf(info, remote) : fromWire(info, remote.values, last);
  if (value === undefined) return absent;
  const content = JSON.stringify([info.name, comparable(info, value)]);
  return createHash("sha256").update(content).digest("base64").slice(0, 20);
}
