import { className, type Definition } from "../../../core/definition";
import { isParent, type Scope } from "../../../core/parent-ref";
import { fieldsOf } from "../../../core/schema";
import { same } from "../../../operations/state/request-body";
import type { Imported } from "../model/imported";
import { camelled, decoded, hostLevels, hostOf, type UniqueNames } from "../model/names";
import { parseUrl } from "../../../core/parse-url";
import { textOf, valuesOf, type Value } from "./values";

/** One line of a table: a project or group, and what it has otherwise than the others. */
export interface Row {
  readonly one: Imported;
  readonly exceptions: ReadonlyMap<string, Value>;
}

/** Objects that are equal but for where they are, and for exceptions: a table and a loop. */
export interface Loop {
  readonly definition: Definition;
  readonly scope: Scope;
  /** The constant that holds the table. */
  readonly table: string;
  /** What follows the path in the names of the resources: `/slack`. */
  readonly suffix: string;
  /** Whether each object has a number of its own. */
  readonly numbered: boolean;
  readonly defaults: ReadonlyMap<string, Value>;
  readonly rows: readonly Row[];
}

/** What a file holds: loops, and what is alone. */
export interface Looped {
  readonly loops: readonly Loop[];
  readonly blocks: readonly Imported[];
}

/** Of how many objects a loop is made; of two only if they are equal throughout. */
const fewest = 3;

/**
 * Puts objects of one kind that differ little into loops.
 *
 * @param names hands out names of constants
 */
export function loopsOf(all: readonly Imported[], names: UniqueNames): Looped {
  const loops: Loop[] = [];
  const looped = new Set<Imported>();
  for (const alike of clusters(all)) {
    const loop = loopOf(alike, names);
    if (!loop) continue;
    loops.push(loop);
    for (const one of alike) looped.add(one);
  }
  return { loops, blocks: all.filter((one) => !looped.has(one)) };
}

/**
 * Objects that could be one loop: of one class and one name below their projects. Those that lead to one address or group
 * are one, if they are enough; the others have theirs in the table.
 */
function clusters(all: readonly Imported[]): Imported[][] {
  const placed = all.filter(({ resource: { parent } }) => isKey(parent?.path));
  const byName = grouped(placed, (one) =>
    [one.resource.definition.name, one.resource.parent?.scope, suffixOf(one)].join(" "),
  );
  return byName.flatMap((alike) => {
    const byTarget = grouped(alike, target);
    const own = byTarget.filter(({ length }) => length >= fewest);
    const rest = byTarget.filter(({ length }) => length < fewest);
    return rest.flat().length < fewest ? byTarget : [...own, rest.flat()];
  });
}

/** Whether a path can be a key of a table: of `__proto__` and of numbers, JavaScript makes something else. */
function isKey(path: string | undefined): boolean {
  return path !== undefined && isParent(path) && !/^(?:__|\d+$)/.test(path);
}

function grouped(all: readonly Imported[], keyOf: (one: Imported) => string): Imported[][] {
  const groups = new Map<string, Imported[]>();
  for (const one of all) {
    const known = groups.get(keyOf(one));
    if (known) known.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return [...groups.values()];
}

/** Where an object leads: the address of a hook, the group of a share. */
function target(one: Imported): string {
  const { definition } = one.resource;
  const field = definition.kind === "hook" ? "url" : (definition.idFromArgument ?? "");
  const value = valuesOf(one).get(field);
  return value ? textOf(value) : "";
}

function suffixOf({ name, resource }: Imported): string {
  return name.slice((resource.parent?.path ?? "").length);
}

function loopOf(alike: readonly Imported[], names: UniqueNames): Loop | undefined {
  const [first] = alike;
  const { definition, parent } = first?.resource ?? {};
  if (!first || !definition || !parent || alike.length < 2) return undefined;
  const defaults = defaultsOf(alike);
  const rows = alike.map((one) => ({ one, exceptions: exceptionsOf(one, defaults) }));
  if (alike.length < fewest && rows.some(({ exceptions }) => exceptions.size > 0)) return undefined;
  const numbered = definition.path.includes(":id") && !definition.idFromArgument && !definition.parentKind;
  return {
    definition,
    scope: parent.scope,
    table: names.first(tableNames(first)),
    suffix: suffixOf(first),
    numbered,
    defaults,
    rows,
  };
}

/** What most of the objects have, and the others have otherwise. */
function defaultsOf(alike: readonly Imported[]): ReadonlyMap<string, Value> {
  const all = alike.map((one) => ({ one, values: valuesOf(one) }));
  const fields = new Set(all.flatMap(({ values }) => [...values.keys()]));
  const defaults = new Map<string, Value>();
  for (const field of fieldsInOrder(alike, fields)) {
    const given = all.flatMap(({ values }) => values.get(field) ?? []);
    const isSayable = all.every(({ one, values }) => values.has(field) || implied(one, field) !== undefined);
    const usual = mostOften(given, all.length);
    if (usual && isSayable) defaults.set(field, usual);
  }
  return defaults;
}

function fieldsInOrder([first]: readonly Imported[], names: ReadonlySet<string>): string[] {
  const order = first ? [...fieldsOf(first.resource.definition.fields).keys()] : [];
  return order.filter((name) => names.has(name));
}

/** GitLab's own value, where an object has it and the program may say so. */
function implied({ resource, shown }: Imported, field: string): Value | undefined {
  const info = fieldsOf(resource.definition.fields).get(field);
  const isSayable = info?.type === "boolean" || info?.type === "enum" || info?.type === "number";
  if (!info || !isSayable || info.initial === null || resource.remote.inherited) return undefined;
  return shown[field] !== undefined && same(info, shown[field], info.initial)
    ? { kind: "plain", value: info.initial }
    : undefined;
}

/** @returns undefined where no two are alike, or fewer than half of those that could be */
function mostOften(values: readonly Value[], all: number): Value | undefined {
  const counts = new Map<string, { value: Value; count: number }>();
  for (const value of values) {
    const known = counts.get(textOf(value));
    counts.set(textOf(value), { value, count: (known?.count ?? 0) + 1 });
  }
  const [usual] = [...counts.values()].sort((one, other) => other.count - one.count);
  return usual && usual.count > 1 && usual.count * 2 >= all ? usual.value : undefined;
}

function exceptionsOf(one: Imported, defaults: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const own = valuesOf(one);
  const names = [...fieldsOf(one.resource.definition.fields).keys()];
  return new Map(
    names.flatMap((field): [string, Value][] => {
      const value = own.get(field) ?? (defaults.has(field) ? implied(one, field) : undefined);
      const usual = defaults.get(field);
      return value && (!usual || textOf(usual) !== textOf(value)) ? [[field, value]] : [];
    }),
  );
}

const nouns: Readonly<Record<string, string>> = {
  forkRelation: "forks",
  notification: "notificationSettings",
  project: "projects",
  pullMirror: "pullMirrors",
  pushRule: "pushRules",
};

/** The longest name of a table: the line that goes through it has room for so much. */
const longest = 30;

/** What a table could be called, the shortest first: `ciHooks`, `slack`, `pushRules`; groups' begin with `group`. */
function tableNames({ resource }: Imported): string[] {
  const { definition, parent, remote } = resource;
  const scope = parent?.scope === "group" ? ["group"] : [];
  if (definition.kind === "hook") {
    const path = decoded(parseUrl(String(remote.values.url))?.pathname ?? "");
    const levels = [...hostLevels(hostOf(resource) ?? ""), [hostOf(resource) ?? "", path]];
    const names = levels.map((words) => camelled([...scope, ...words, "hooks"]));
    return [...names.filter((name) => name.length <= longest), camelled([...scope, "hooks"])];
  }
  if (definition.kind === "share") {
    const group = remote.values.group_full_path;
    const name = camelled(["shares", "with", typeof group === "string" ? group : ""]);
    return [name.length <= longest ? name : "shares"];
  }
  const noun = nouns[definition.kind] ?? className(definition);
  return [shortened(camelled([...scope, noun]))];
}

/** A name without the words at its end that are too many. */
function shortened(name: string): string {
  const words = name.split(/(?=[A-Z])/);
  while (words.length > 1 && words.join("").length > longest) words.pop();
  return words.join("");
}
