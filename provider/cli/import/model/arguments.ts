import { fieldsOf, isBlind, type FieldInfo } from "../../../core/schema";
import { parentText } from "../../../core/parent-ref";
import type { Definition } from "../../../core/definition";
import type { RemoteObject } from "../../../operations/api/remote-object";
import { referencesOf } from "../../../operations/state/references";
import { readField } from "../../../operations/state/outputs";
import { same, type Props } from "../../../operations/state/request-body";
import { parseUrl } from "../../../core/parse-url";
import type { RemoteResource } from "../discover/scan";

/** An argument as the program gives it. */
export type Argument =
  /** What GitLab shows. */
  | { readonly kind: "plain"; readonly value: unknown }
  /** What GitLab does not return, or what must not stand in a program. */
  | { readonly kind: "secret" }
  /** A map whose keys GitLab returns and whose values it does not. */
  | { readonly kind: "secrets"; readonly keys: readonly string[] };

/** The arguments of one object. */
export interface Arguments {
  /** By field, in the order of the definition. */
  readonly given: ReadonlyMap<string, Argument>;
  /** Optional secrets of which GitLab does not say whether they are set. */
  readonly doubtful: readonly string[];
  /** Every readable field as GitLab has it. */
  readonly shown: Props;
}

/**
 * The arguments that keep an object as it is: what is required, every readable field that differs from GitLab's own
 * value, and the secrets that are there.
 */
export function argumentsOf({ definition, at, remote }: RemoteResource): Arguments {
  const shown = { ...readField(definition, remote, {}, []), ...pathsOf(definition, remote) };
  const given = new Map<string, Argument>();
  const doubtful: string[] = [];
  for (const [name, info] of fieldsOf(definition.fields)) {
    if (at.scope && info.meta.scopes && !info.meta.scopes.includes(at.scope)) continue;
    // While it inherits, no value but that of the switch has an effect, and the required ones must be there.
    if (remote.inherited && !info.required && name !== "useInheritedSettings") continue;
    const argument = argumentOf(info, shown, remote.values);
    if (argument === "doubtful") doubtful.push(name);
    else if (argument) given.set(name, argument);
  }
  return { given, doubtful, shown };
}

/** Projects and groups that an object names, by path: people read no numbers. */
function pathsOf(definition: Definition, remote: RemoteObject): Props {
  const paths = referencesOf(definition).map(({ info, names }) => {
    const wire = definition.outputs.find(({ name }) => name === names.path)?.wire ?? "";
    const path = remote.values[wire];
    return typeof path === "string" && parentText(names.scope, path) !== undefined ? { [info.name]: path } : {};
  });
  return Object.assign({}, ...paths) as Props;
}

function argumentOf(info: FieldInfo, shown: Props, answer: Props): Argument | "doubtful" | undefined {
  const value = shown[info.name];
  if (info.meta.keysOnly) return keyed(value);
  if (isBlind(info) || info.meta.onlyOn === "create" || (info.meta.deprecated && !info.required)) return undefined;
  if (info.access === "writeOnly") return writeOnly(info, answer);
  if (value === undefined || value === null) return undefined;
  if (info.meta.replacedBy !== undefined && shown[info.meta.replacedBy] !== undefined) return undefined;
  if (!info.required && (same(info, value, info.initial) || isFallback(info, shown))) return undefined;
  return info.secret || holdsPassword(value) ? { kind: "secret" } : { kind: "plain", value };
}

function keyed(value: unknown): Argument | undefined {
  const keys = Object.keys(value ?? {});
  return keys.length > 0 ? { kind: "secrets", keys } : undefined;
}

function writeOnly(info: FieldInfo, answer: Props): Argument | "doubtful" | undefined {
  if (info.required) return { kind: "secret" };
  // Newer servers say whether a secret is set.
  const isThere = answer[`${info.wire}_present`];
  if (isThere === true) return { kind: "secret" };
  return info.secret && isThere !== false ? "doubtful" : undefined;
}

/** GitLab shows the value of another field while this one has none. */
function isFallback(info: FieldInfo, shown: Props): boolean {
  return info.meta.fallback !== undefined && same(info, shown[info.name], shown[info.meta.fallback]);
}

function holdsPassword(value: unknown): boolean {
  return typeof value === "string" && (parseUrl(value)?.password ?? "") !== "";
}
