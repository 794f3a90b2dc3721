import { fieldsOf, isBlind, type FieldInfo, type Reference } from "../../core/schema";
import { isSingleton, type Definition } from "../../core/definition";
import type { Parent } from "../connection";
import type { RemoteObject } from "../api/remote-object";
import { stripCredentials } from "../../secrets/redact";
import { redact } from "../../secrets/known-secrets";
import { hasUnknown } from "../../core/unknown";
import { namedIn, referencesOf } from "./references";
import { parentOutputs } from "../context";
import { defined, fromWire, isStorable, same, type Props } from "./request-body";

/**
 * The fields as GitLab has them now. Where it does not say, and where it means the same in other words, the last value
 * stays.
 *
 * @param last the arguments or outputs known so far
 * @param standing names of fields for which the last value stands, whatever the answer shows
 */
export function readField(
  definition: Definition,
  remote: RemoteObject,
  last: Props,
  standing: readonly string[],
): Props {
  const values: Record<string, unknown> = {};
  for (const [name, info] of fieldsOf(definition.fields)) {
    values[name] = standing.includes(name) || !isCompared(name, last) ? last[name] : seen(info, remote, last);
  }
  return defined(values);
}

function seen(info: FieldInfo, remote: RemoteObject, props: Props): unknown {
  const last = props[info.name];
  if (info.meta.names) return seenReference(info, info.meta.names, remote, props);
  if (info.access === "writeOnly" && !info.meta.keysOnly) return presenceOf(info, remote) === false ? undefined : last;
  if (isBlind(info)) return last;
  if (isWithheld(info, remote) && (last !== undefined || info.secret)) return last;
  const now = fromWire(info, remote.values, last);
  if (now === undefined || last === undefined) return now ?? last;
  return same(info, now, last) ? last : now;
}

/** A name stays as the program writes it for as long as it means the same project or group. */
function seenReference(info: FieldInfo, names: Reference, remote: RemoteObject, props: Props): unknown {
  const raw = remote.values[info.wire];
  const now = typeof raw === "number" && Number.isSafeInteger(raw) ? raw : undefined;
  return now === undefined || now === props[names.id] ? (props[info.name] ?? now) : now;
}

/** Whether an answer says nothing of a readable field. Not every server returns the secrets that some do. */
export function isWithheld(info: FieldInfo, remote: RemoteObject): boolean {
  if (info.meta.withheld?.(remote.values)) return true;
  return info.secret && !info.meta.keysOnly && (remote.values[info.wire] ?? null) === null;
}

/** Whether a secret is there that GitLab does not show: newer servers say so, and undefined stands for those that do not. */
export function presenceOf(info: FieldInfo, remote: RemoteObject): boolean | undefined {
  const isPresent = remote.values[`${info.wire}_present`];
  return typeof isPresent === "boolean" ? isPresent : undefined;
}

/** While an integration inherits, its own values say nothing. */
export function isCompared(name: string, props: Props): boolean {
  return props.useInheritedSettings !== true || name === "useInheritedSettings";
}

/**
 * The readable properties that are no arguments.
 *
 * @param known the arguments or outputs whose values stand in no message
 */
export function furtherOutputs(definition: Definition, remote: RemoteObject, ...known: readonly Props[]): Props {
  const values = definition.outputs
    .map(({ name, wire, message = false }) => {
      const value = remote.values[wire];
      const isCleaned = message && typeof value === "string";
      return [name, isCleaned ? redact(stripCredentials(value), definition, ...known) : value] as const;
    })
    .filter(([, value]) => isStorable(value));
  const id = definition.idOutputName && !isSingleton(definition) ? { [definition.idOutputName]: remote.key } : {};
  return defined({ ...Object.fromEntries(values), ...id });
}

/** All outputs of an object but the marks. `given` are the arguments, or what was last known. */
export function outputsOf(
  definition: Definition,
  given: Props,
  remote: RemoteObject,
  parent: Parent | undefined,
  standing: readonly string[] = [],
): Record<string, unknown> {
  const scopes = Object.fromEntries(definition.scopes.map((scope) => [scope, given[scope]]));
  const fields = readField(definition, remote, given, standing);
  return {
    ...defined(scopes),
    ...parentOutputs(parent),
    ...fields,
    ...namedIn(definition, given),
    ...furtherOutputs(definition, remote, given, fields),
  };
}

/** The arguments among `props` that are fields, as they are sent: numbers in place of names that are resolved. */
export function fieldValues(definition: Definition, props: Props): Record<string, unknown> {
  const values = Object.fromEntries([...fieldsOf(definition.fields).keys()].map((name) => [name, props[name]]));
  for (const { info, names } of referencesOf(definition)) {
    if (values[info.name] !== undefined) values[info.name] = props[names.id] ?? values[info.name];
  }
  return defined(values);
}

/** The readable, managed fields in which an object differs from the arguments. */
export function differences(definition: Definition, remote: RemoteObject, given: Props): string[] {
  const names = [...fieldsOf(definition.fields)].filter(([name, info]) => {
    if (given[name] === undefined || !isCompared(name, given)) return false;
    const now = seen(info, remote, given);
    return !same(info, now, given[name]);
  });
  return names.map(([name]) => name);
}

/** The arguments of which GitLab does not show what it has: a write may overwrite another value. */
export function overwrittenUnseen(definition: Definition, remote: RemoteObject, given: Props): string[] {
  const infos = [...fieldsOf(definition.fields).values()];
  const unseen = infos.filter((info) => isCompared(info.name, given) && isUnseen(info, remote, given[info.name]));
  return unseen.map(({ name }) => name);
}

function isUnseen(info: FieldInfo, remote: RemoteObject, own: unknown): boolean {
  if (own === undefined || isBlind(info)) return false;
  if (info.meta.keysOnly) return Object.keys(own ?? {}).length > 0;
  return info.access === "writeOnly" || isWithheld(info, remote);
}

/** Whether taking over an object takes a write: it differs from the arguments, or may do so where GitLab does not show it. */
export function needsWrite(definition: Definition, remote: RemoteObject, given: Props): boolean {
  return differences(definition, remote, given).length + overwrittenUnseen(definition, remote, given).length > 0;
}

/**
 * The fields in which an object is otherwise than one that was just made with these arguments: an argument has the
 * program's value, every other field GitLab's own. What GitLab does not show, and what is not known yet, is no difference.
 *
 * @param given the arguments, references resolved
 */
export function deviations(definition: Definition, remote: RemoteObject, given: Props): string[] {
  const infos = [...fieldsOf(definition.fields).values()];
  return infos.filter((info) => !isAsMade(definition, info, remote, given)).map(({ name }) => name);
}

/** Whether there are no {@link deviations}: for many objects of which most have one in their first fields. */
export function isAsIfMade(definition: Definition, remote: RemoteObject, given: Props): boolean {
  return [...fieldsOf(definition.fields).values()].every((info) => isAsMade(definition, info, remote, given));
}

function isAsMade(definition: Definition, info: FieldInfo, remote: RemoteObject, given: Props): boolean {
  const own = given[info.name];
  if (isBlind(info) || hasUnknown(own) || !isCompared(info.name, given)) return true;
  if (info.access === "writeOnly" && !info.meta.keysOnly) return isPresenceAsMade(info, remote, own);
  if (isWithheld(info, remote)) return true;
  if (info.meta.names) return own === undefined || same(info, seenReference(info, info.meta.names, remote, given), own);
  const made = own ?? info.initial;
  const now = fromWire(info, remote.values, made);
  if (now === undefined || same(info, now, made)) return true;
  return same(info, made, undefined) && isBorrowed(definition, info, remote, now);
}

/** Some servers say whether a secret is there, and none says which. */
function isPresenceAsMade(info: FieldInfo, remote: RemoteObject, own: unknown): boolean {
  const isPresent = presenceOf(info, remote);
  return isPresent === undefined || isPresent === !same(info, own, undefined);
}

/** Whether a value is but that of the field which stands in while this one has none. */
function isBorrowed({ fields }: Definition, info: FieldInfo, remote: RemoteObject, now: unknown): boolean {
  const other = fieldsOf(fields).get(info.meta.fallback ?? "");
  return other !== undefined && same(info, now, fromWire(other, remote.values, undefined));
}

/** The arguments whose values GitLab does not show: nobody sees what they overwrite. */
export function unseenIn(definition: Definition, given: Props): string[] {
  const infos = [...fieldsOf(definition.fields).values()];
  const unseen = infos.filter((info) => info.access === "writeOnly" && given[info.name] !== undefined);
  return unseen.map(({ name }) => name);
}
