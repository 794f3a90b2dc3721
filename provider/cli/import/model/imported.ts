import { formatId } from "../../../core/id";
import { providerText } from "../../../core/definition";
import { fieldsOf } from "../../../core/schema";
import { check } from "../../../operations/check";
import { referencesOf } from "../../../operations/state/references";
import type { Props } from "../../../operations/state/request-body";
import { unknownValue } from "../../../core/unknown";
import type { Scan, RemoteResource } from "../discover/scan";
import { parentReference } from "../discover/targets";
import type { SecretMode } from "../options";
import { argumentsOf, type Argument, type Arguments } from "./arguments";
import { resourceNames } from "./names";
import type { SecretUse } from "./secret-places";
import { secretSettings, type SecretSetting } from "./secret-settings";

/** An object as a resource of the program. */
export interface Imported extends Arguments {
  readonly resource: RemoteResource;
  /** `projects/42/hooks/7`. */
  readonly id: string;
  /** Its name in the stack. */
  readonly name: string;
  /** The settings that hold its secrets, by field, or by field and key as `customHeaders.X-Team`. */
  readonly settings: ReadonlyMap<string, string>;
  /** Secrets that are there and that the program leaves to GitLab: fields, or fields and keys. */
  readonly omittedSecrets: readonly string[];
  /** What the check of the arguments would say against them. */
  readonly problems: readonly string[];
}

/** Everything that was found in one project or group, ready to be written. */
export interface ParentResources extends Scan {
  readonly imported: readonly Imported[];
}

/** Everything that was found, ready to be written. */
export interface Model {
  readonly parents: readonly ParentResources[];
  /** The settings that the program reads its secrets from, by name. */
  readonly settings: readonly SecretSetting[];
}

/** What earlier imports have given names to. */
export interface KnownNames {
  /** By class and name, as `typedName` joins them. */
  readonly resources: readonly string[];
  readonly settings: readonly SecretSetting[];
}

/** Turns what was found into resources with names. */
export function modelOf(
  scans: readonly Scan[],
  mode: SecretMode,
  known: KnownNames = { resources: [], settings: [] },
): Model {
  const drafts = scans.map((scan) => [...scan.resources].sort(inOrder).map((resource) => draftOf(resource, mode)));
  const all = drafts.flat().filter((one) => !isOwnDefault(one.resource, one));
  const names = resourceNames(
    all.map(({ resource }) => resource),
    known.resources,
  );
  const uses = new Map(all.filter(isWritten).map((one) => [one, usesOf(one)] as const));
  const secrets = secretSettings([...uses.values()].flat(), known.settings);
  const finished = new Map(
    all.map((draft) => {
      const own = (uses.get(draft) ?? []).map((use) => [pathOf(use), secrets.nameOf(use)] as const);
      return [draft, { ...draft, name: names.get(draft.resource) ?? draft.id, settings: new Map(own) }] as const;
    }),
  );
  const parents = scans.map((scan, index) => ({
    ...scan,
    imported: (drafts[index] ?? []).flatMap((draft) => finished.get(draft) ?? []),
  }));
  const settings = [...secrets.settings].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { parents, settings };
}

type Draft = Omit<Imported, "name" | "settings">;

/** GitLab itself creates push rules and notification settings: those with nothing but defaults are not imported. */
export function isOwnDefault({ definition }: RemoteResource, { given }: Pick<Arguments, "given">): boolean {
  const { kind } = definition;
  // Any user's settings name an address, which is the primary one unless somebody chose another.
  return (kind === "pushRule" && given.size === 0) || (kind === "notification" && !given.has("level"));
}

function inOrder(one: RemoteResource, other: RemoteResource): number {
  const [a, b] = [one.definition.name, other.definition.name];
  if (a !== b) return a < b ? -1 : 1;
  return (one.at.key ?? 0) - (other.at.key ?? 0);
}

function draftOf(resource: RemoteResource, mode: SecretMode): Draft {
  const args = argumentsOf(resource);
  const id = formatId(resource.definition, resource.at);
  const whole = { ...args, resource, id, omittedSecrets: [], problems: problemsOf(resource, id, args) };
  if (mode !== "leave") return whole;
  const { given, omittedSecrets } = withoutOptionalSecrets(resource, args.given);
  if (omittedSecrets.length === 0) return whole;
  const problems = problemsOf(resource, id, { given });
  // Some arguments demand a secret beside them.
  return problems.length > whole.problems.length ? whole : { ...whole, given, omittedSecrets, problems };
}

function withoutOptionalSecrets({ definition }: RemoteResource, given: Arguments["given"]) {
  const infos = fieldsOf(definition.fields);
  const isOmitted = (field: string, { kind }: Argument) => kind !== "plain" && infos.get(field)?.required !== true;
  const omitted = [...given].filter(([field, argument]) => isOmitted(field, argument));
  return {
    given: new Map([...given].filter(([field, argument]) => !isOmitted(field, argument))),
    omittedSecrets: omitted.flatMap(([field, argument]) =>
      argument.kind === "secrets" ? argument.keys.map((key) => `${field}.${key}`) : [field],
    ),
  };
}

function usesOf({ resource, given }: Draft): SecretUse[] {
  return [...given].flatMap(([field, argument]): SecretUse[] => {
    if (argument.kind === "plain") return [];
    if (argument.kind === "secret") return [{ resource, given, field }];
    return argument.keys.map((key) => ({ resource, given, field, key }));
  });
}

function pathOf({ field, key }: SecretUse): string {
  return key === undefined ? field : `${field}.${key}`;
}

function problemsOf(resource: RemoteResource, id: string, args: Pick<Arguments, "given">): readonly string[] {
  return checked(resource, id, args).problems;
}

/** Runs the check that the first preview would run; secrets pass as values that are not known yet. */
function checked({ definition, parent }: RemoteResource, id: string, { given }: Pick<Arguments, "given">) {
  const scope = parent && !definition.parentKind ? { [parent.scope]: parentReference(parent) } : {};
  const values = Object.fromEntries([...given].map(([name, argument]) => [name, placeholder(argument)]));
  return check(definition, {}, { ...scope, ...values, __provider: providerText(definition), __import: id });
}

/** The arguments as the check leaves them, with what is not known in place of secrets. */
export function inputsOf({ resource, id, given }: Pick<Imported, "resource" | "id" | "given">): Props {
  return checked(resource, id, { given }).inputs;
}

/** Arguments with the numbers of the projects and groups that they name by path, as a look-up would add them. */
export function withNumbers({ definition, remote }: RemoteResource, inputs: Props): Props {
  const numbers = referencesOf(definition).map(({ info, names }) => [names.id, remote.values[info.wire]] as const);
  return { ...inputs, ...Object.fromEntries(numbers.filter(([, value]) => typeof value === "number")) };
}

function placeholder(argument: Argument): unknown {
  if (argument.kind === "plain") return argument.value;
  if (argument.kind === "secret") return unknownValue;
  return Object.fromEntries(argument.keys.map((key) => [key, unknownValue]));
}

/** Whether an object becomes a resource, and not just a comment. */
export function isWritten({ problems }: Pick<Imported, "problems">): boolean {
  return problems.length === 0;
}
