import { notFound } from "../../client";
import { parentText } from "../../core/parent-ref";
import type { Connection, Parent } from "../connection";
import type { Definition } from "../../core/definition";
import { fieldsOf, oncePerFields, type FieldInfo, type Reference } from "../../core/schema";
import { unknownValue } from "../../core/unknown";
import type { OperationContext } from "../context";
import { defined, type Props } from "./request-body";

/** A field that names a project or group. */
export interface ReferenceField {
  readonly info: FieldInfo;
  readonly names: Reference;
}

// Every entry of a fleet asks several times.
const referencesIn = oncePerFields((fields): readonly ReferenceField[] =>
  [...fieldsOf(fields).values()].flatMap((info) => (info.meta.names ? [{ info, names: info.meta.names }] : [])),
);

/** The fields of a definition that name a project or group. */
export function referencesOf({ fields }: Definition): readonly ReferenceField[] {
  return referencesIn(fields);
}

/** The text under which an argument names its project or group; undefined where it is absent or not known yet. */
function textIn({ info, names }: ReferenceField, props: Props): string | undefined {
  const value = props[info.name];
  return value === unknownValue ? undefined : parentText(names.scope, value);
}

/** Whether a name means the project or group that outputs know by number and path. */
export function isNamed(names: Reference, value: unknown, known: Props): boolean {
  const text = parentText(names.scope, value)?.toLowerCase();
  const path = known[names.path];
  if (text === undefined) return false;
  return text === String(known[names.id]) || (typeof path === "string" && text === path.toLowerCase());
}

/**
 * The arguments, with the number and the path of every project and group that they name.
 *
 * @param last the last outputs: what they know is not looked up again
 * @throws GitLabError with status 404 when the token sees none of that name
 */
export async function resolved(
  { definition, connection }: OperationContext,
  inputs: Props,
  last: Props = {},
): Promise<Props> {
  const known = referencesOf(definition).map(async (reference) => {
    const { info, names } = reference;
    const text = textIn(reference, inputs);
    if (text === undefined) return {};
    if (inputs[info.name] === last[info.name] || isNamed(names, inputs[info.name], last)) return keptIn(names, last);
    const { id, path } = await lookUp(connection, names, text);
    return { [names.id]: id, [names.path]: path };
  });
  return Object.assign({}, inputs, ...(await Promise.all(known))) as Props;
}

/** The outputs for what the fields name, as far as `props` have them. */
export function namedIn(definition: Definition, props: Props): Props {
  return Object.assign({}, ...referencesOf(definition).map(({ names }) => defined(keptIn(names, props)))) as Props;
}

function keptIn(names: Reference, last: Props): Props {
  return { [names.id]: last[names.id], [names.path]: last[names.path] };
}

/** Fields that name a project or group, as far as their new arguments differ from what the outputs know. */
export interface OtherReferences {
  /** Those that name another one. */
  readonly changed: readonly FieldInfo[];
  /** The names of those that name the same one by a new path, which the outputs do not have yet. */
  readonly renamed: readonly string[];
}

/**
 * Compares what new arguments name with what the outputs know.
 *
 * A name is looked up only when it is neither the number nor the path that is known. One that is not known yet is no
 * change: in a preview all outputs of a resource that is updated are unknown.
 */
export async function otherReferences(
  { definition, connection }: OperationContext,
  olds: Props,
  news: Props,
): Promise<OtherReferences> {
  const changed: FieldInfo[] = [];
  const renamed: string[] = [];
  for (const reference of referencesOf(definition)) {
    const { info, names } = reference;
    const text = textIn(reference, news);
    if (text === undefined || isNamed(names, news[info.name], olds) || connection.settings.token === "") continue;
    const now = await lookUp(connection, names, text).catch(notFound);
    if (now?.id !== olds[names.id]) changed.push(info);
    else if (now?.path !== olds[names.path]) renamed.push(info.name);
  }
  return { changed, renamed };
}

/** @throws GitLabError with status 404 when the token sees none of that name */
function lookUp(connection: Connection, names: Reference, text: string): Promise<Pick<Parent, "id" | "path">> {
  return names.users ? connection.namespace(text) : connection.parent(names.scope, text);
}

/** What gives an object its number, as the program names it; undefined where nothing does, or it is not known yet. */
export function keyTextIn(definition: Definition, inputs: Props): string | undefined {
  const keyed = referencesOf(definition).find(({ info }) => info.name === definition.idFromArgument);
  return keyed && textIn(keyed, inputs);
}

/** The number that the arguments give the object, where they do. They are {@link resolved}. */
export function keyIn(definition: Definition, inputs: Props): { key: number } | undefined {
  const keyed = referencesOf(definition).find(({ info }) => info.name === definition.idFromArgument);
  const key = keyed && inputs[keyed.names.id];
  return typeof key === "number" ? { key } : undefined;
}
