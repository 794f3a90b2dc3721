import { isSlot, type Definition } from "../../../core/definition";
import { isFleetable } from "../../../fleet/kinds";
import { apiFor } from "../../../resources/api";
import { isSetUp } from "../../../operations/existing-object";
import { deviations, differences } from "../../../operations/state/outputs";
import { inputsOf, isWritten, withNumbers, type Imported, type ParentResources } from "../model/imported";
import { ownName, UniqueNames } from "../model/names";
import { loopsOf, type Loop } from "./loops";

/** The objects of one kind, as one fleet of the program. */
export interface ImportedFleet {
  readonly definition: Definition;
  /** Its name in the stack. */
  readonly name: string;
  /** Entries that differ little, with what follows the path in their keys. */
  readonly loops: readonly (Loop & { readonly keySuffix: string })[];
  /** The other entries by key, in the order of what was found. */
  readonly entries: ReadonlyMap<string, Imported>;
}

/** What becomes a fleet, and the rest. */
export interface Divided {
  readonly fleets: readonly ImportedFleet[];
  /** The same projects and groups, without what the fleets hold. */
  readonly parents: readonly ParentResources[];
}

/**
 * Puts objects of one kind into a fleet. What is alone of its kind stays a resource of its own, and so does what a fleet
 * would not take over: an object that does not equal its arguments as far as they are known.
 *
 * @param constants hands out names of constants in the file of the fleets
 */
export function intoFleets(
  parents: readonly ParentResources[],
  { flat, constants }: { flat: boolean; constants: UniqueNames },
): Divided {
  const byKind = new Map<Definition, Imported[]>();
  for (const one of parents.flatMap(({ imported }) => imported)) {
    const { definition } = one.resource;
    if (!isFleetable(definition) || !isWritten(one) || !equalsEntry(one)) continue;
    byKind.set(definition, [...(byKind.get(definition) ?? []), one]);
  }
  const several = [...byKind].filter(([, all]) => all.length > 1);
  const held = new Set(several.flatMap(([, all]) => all));
  const rest = parents.map((parent) => ({ ...parent, imported: parent.imported.filter((one) => !held.has(one)) }));
  const fleets = several.map(([definition, all]) => fleetOf(definition, all, flat, constants));
  return { fleets: fleets.sort((one, other) => (one.name < other.name ? -1 : 1)), parents: rest };
}

/** Every object of a fleet. */
export function objectsIn({ loops, entries }: ImportedFleet): Imported[] {
  return [...loops.flatMap(({ rows }) => rows.map(({ one }) => one)), ...entries.values()];
}

/** Whether a fleet would take the object for the entry. Secrets that GitLab shows are not known to the program yet. */
function equalsEntry(one: Imported): boolean {
  const { definition, remote } = one.resource;
  const given = withNumbers(one.resource, inputsOf(one));
  if (differences(definition, remote, given).length > 0) return false;
  // What GitLab makes by itself is taken over as it is.
  const isAnyTaken = isSlot(definition) && !isSetUp({ api: apiFor(definition) }, remote);
  return isAnyTaken || deviations(definition, remote, given).length === 0;
}

function fleetOf(
  definition: Definition,
  all: readonly Imported[],
  flat: boolean,
  constants: UniqueNames,
): ImportedFleet {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(pathOf(one), (counts.get(pathOf(one)) ?? 0) + 1);
  const isOnly = (one: Imported) => counts.get(pathOf(one)) === 1;
  const { loops, blocks } = flat ? { loops: [], blocks: all } : loopsOf(all, constants);
  return {
    definition,
    name: nameOf(definition),
    loops: loops.map((loop) => ({
      ...loop,
      numbered: false,
      keySuffix: loop.rows.every(({ one }) => isOnly(one)) ? "" : loop.suffix,
    })),
    entries: new Map(blocks.map((one) => [entryKey(isOnly(one) ? pathOf(one) : one.name), one])),
  };
}

function pathOf({ resource }: Imported): string {
  return resource.parent?.path ?? "";
}

/** `project-hooks`; integrations of projects and of groups are of one kind: `slack`. */
function nameOf(definition: Definition): string {
  const own = ownName(definition).replace("/:id", "");
  return definition.kind === "integration" ? own : `${definition.scopes.join("-")}-${own}`;
}

/** A fleet keeps keys that begin with two underscores to itself. */
function entryKey(path: string): string {
  return path.startsWith("__") ? `/${path}` : path;
}
