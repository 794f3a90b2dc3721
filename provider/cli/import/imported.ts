import { randomUUID } from "node:crypto";
import { formatId } from "../../core/id";
import type { Connection } from "../../operations/connection";
import { providerText, typeToken } from "../../core/definition";
import { fieldsOf } from "../../core/schema";
import { check } from "../../operations/check";
import { toHiddenState } from "../../operations/state/hidden-state";
import { readField, outputsOf } from "../../operations/state/outputs";
import { defined, type Props } from "../../operations/state/request-body";
import { unknownValue } from "../../core/unknown";
import { argumentsOf, type Argument, type Arguments } from "./arguments";
import { resourceName, settingName, type UniqueNames } from "./names";
import type { Scan, RemoteResource } from "./discover";

/** An object as a resource of the program. */
export interface Imported extends Arguments {
  readonly sighting: RemoteResource;
  /** `projects/42/hooks/7`. */
  readonly id: string;
  /** Its name in the stack. */
  readonly name: string;
  /** The settings that hold its secrets, by field, or by field and key as `customHeaders.X-Team`. */
  readonly settings: ReadonlyMap<string, string>;
  /** What the check of the arguments would say against them. */
  readonly problems: readonly string[];
}

/** Everything that was found in one project or group, ready to be written. */
export interface ParentResources extends Scan {
  readonly imported: readonly Imported[];
}

/** Turns what was found into resources. `names` hands out the names of settings. */
export function sectionOf(scan: Scan, names: UniqueNames): ParentResources {
  const ordered = [...scan.sightings].sort(inOrder);
  const imported = ordered.map((sighting) => importedOf(sighting, names));
  return { ...scan, imported: imported.filter((one) => !isOwnDefault(one)) };
}

/** Push rules and notification settings exist by GitLab's doing too: those that say nothing are nobody's. */
function isOwnDefault({ sighting, given }: Imported): boolean {
  const { kind } = sighting.definition;
  // Any user's settings name an address, which is the primary one unless somebody chose another.
  return (kind === "pushRule" && given.size === 0) || (kind === "notification" && !given.has("level"));
}

function inOrder(one: RemoteResource, other: RemoteResource): number {
  const [a, b] = [one.definition.name, other.definition.name];
  if (a !== b) return a < b ? -1 : 1;
  return (one.at.key ?? 0) - (other.at.key ?? 0);
}

function importedOf(sighting: RemoteResource, names: UniqueNames): Imported {
  const { definition, at } = sighting;
  const args = argumentsOf(sighting);
  const id = formatId(definition, at);
  const settings = new Map<string, string>();
  for (const [field, argument] of args.given) {
    if (argument.kind === "secret") settings.set(field, names.take(settingName(sighting, field)));
    if (argument.kind !== "secrets") continue;
    for (const key of argument.keys) settings.set(`${field}.${key}`, names.take(settingName(sighting, field, key)));
  }
  for (const field of args.doubtful) settings.set(field, names.take(settingName(sighting, field)));
  const { problems } = checked(sighting, id, args);
  return { ...args, sighting, id, name: resourceName(sighting), settings, problems };
}

/** Runs the check that the first preview would run; secrets pass as values that are not known yet. */
function checked(sighting: RemoteResource, id: string, { given }: Arguments) {
  const { definition, parent } = sighting;
  const scope = parent ? { [parent.scope]: parent.path } : {};
  const values = Object.fromEntries([...given].map(([name, argument]) => [name, placeholder(argument)]));
  return check(definition, {}, { ...scope, ...values, __provider: providerText(definition), __import: id });
}

/** The arguments as the check leaves them, with what is not known in place of secrets. */
export function inputsOf({ sighting, id, given, doubtful }: Imported): Props {
  return checked(sighting, id, { given, doubtful }).inputs;
}

function placeholder(argument: Argument): unknown {
  if (argument.kind === "plain") return argument.value;
  if (argument.kind === "secret") return unknownValue;
  return Object.fromEntries(argument.keys.map((key) => [key, unknownValue]));
}

/** What the state holds of a resource that was imported. */
export interface Stored {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Props;
  readonly outputs: Props;
}

/**
 * The state of an object as it is now, with the inputs that the program gives it and the outputs that a read would give.
 * Secrets are left out, so that the first preview shows them and nothing else.
 */
export function storedOf(one: Imported, { settings }: Connection): Stored {
  const { sighting, id, name, given } = one;
  const { definition, remote, parent } = sighting;
  const shown = readField(definition, remote, {}, []);
  const inputs = inputsOf(one);
  const kept = Object.entries(inputs).map(([field, value]) => {
    const kind = given.get(field)?.kind;
    return [field, kind === "secret" ? undefined : kind === "secrets" ? shown[field] : value] as const;
  });
  const held = defined(Object.fromEntries(kept));
  const marks = {
    __managed: inputs.__managed as readonly string[],
    __gitlab: settings.baseUrl,
    __claim: randomUUID(),
    __inherited: remote.inherited ? (true as const) : undefined,
  };
  const outputs = withoutSecrets(sighting, given, outputsOf(definition, held, remote, parent));
  const provider = { __provider: inputs.__provider };
  return {
    type: typeToken(definition),
    name,
    id,
    inputs: held,
    outputs: { ...outputs, ...toHiddenState(marks), ...provider },
  };
}

/** GitLab returns a few credentials, and a file in clear is no place for them. */
function withoutSecrets({ definition }: RemoteResource, given: Arguments["given"], outputs: Props): Props {
  const infos = fieldsOf(definition.fields);
  const isSecret = (name: string) => infos.get(name)?.secret === true && infos.get(name)?.meta.keysOnly !== true;
  const entries = Object.entries(outputs);
  return Object.fromEntries(entries.filter(([name]) => !isSecret(name) && given.get(name)?.kind !== "secret"));
}

/** Whether an object becomes a resource, and not just a comment. */
export function isWritten({ problems }: Pick<Imported, "problems">): boolean {
  return problems.length === 0;
}
