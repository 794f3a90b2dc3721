import { isSlot, type Definition } from "../../core/definition";
import { isFleetable } from "../../fleet/kinds";
import { apiFor } from "../../resources/api";
import { isSetUp } from "../../operations/existing-object";
import { deviations, differences } from "../../operations/state/outputs";
import { inputsOf, type Imported, type ParentResources, isWritten } from "./imported";
import { ownName } from "./names";

/** The objects of one kind, as one fleet of the program. */
export interface ImportedFleet {
  readonly definition: Definition;
  /** Its name in the stack. */
  readonly name: string;
  /** Its entries by key, in the order of what was found. */
  readonly entries: ReadonlyMap<string, Imported>;
}

/** What becomes a fleet, and the rest. */
export interface Divided {
  readonly fleets: readonly ImportedFleet[];
  /** The same sections, without what the fleets hold. */
  readonly sections: readonly ParentResources[];
}

/**
 * Puts objects of one kind into a fleet. What is alone of its kind stays a resource of its own, and so does what a fleet
 * would not take over: an object that does not equal its arguments as far as they are known.
 */
export function intoFleets(sections: readonly ParentResources[]): Divided {
  const byKind = new Map<Definition, Imported[]>();
  for (const one of sections.flatMap(({ imported }) => imported)) {
    const { definition } = one.sighting;
    if (!isFleetable(definition) || !isWritten(one) || !equalsEntry(one)) continue;
    byKind.set(definition, [...(byKind.get(definition) ?? []), one]);
  }
  const several = [...byKind].filter(([, all]) => all.length > 1);
  const fleets = several.map(([definition, all]) => ({ definition, name: nameOf(definition), entries: keyed(all) }));
  const held = new Set(several.flatMap(([, all]) => all));
  const rest = sections.map((section) => ({ ...section, imported: section.imported.filter((one) => !held.has(one)) }));
  return { fleets: fleets.sort((one, other) => (one.name < other.name ? -1 : 1)), sections: rest };
}

/** Whether a fleet would take the object for the entry. Secrets that GitLab shows are not known to the program yet. */
function equalsEntry(one: Imported): boolean {
  const { definition, remote } = one.sighting;
  const given = inputsOf(one);
  if (differences(definition, remote, given).length > 0) return false;
  // What GitLab makes by itself is taken over as it is.
  const isAnyTaken = isSlot(definition) && !isSetUp({ api: apiFor(definition) }, remote);
  return isAnyTaken || deviations(definition, remote, given).length === 0;
}

/** `project-hooks`; integrations of projects and of groups are of one kind: `slack`. */
function nameOf(definition: Definition): string {
  const own = ownName(definition).replace("/:id", "");
  return definition.kind === "integration" ? own : `${definition.scopes.join("-")}-${own}`;
}

/** The path of the project or group, with the number of the hook where there are several. */
function keyed(all: readonly Imported[]): ReadonlyMap<string, Imported> {
  const counts = new Map<string, number>();
  const pathOf = ({ sighting }: Imported) => sighting.parent?.path ?? "";
  for (const one of all) counts.set(pathOf(one), (counts.get(pathOf(one)) ?? 0) + 1);
  return new Map(all.map((one) => [entryKey(counts.get(pathOf(one)) === 1 ? pathOf(one) : one.name), one]));
}

/** A fleet keeps keys that begin with two underscores to itself. */
function entryKey(path: string): string {
  return path.startsWith("__") ? `/${path}` : path;
}
