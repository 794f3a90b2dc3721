import { parseId, formatId } from "../../../core/id";
import { definitionOf } from "../../../resources/definitions";
import type { RemoteResource, Scan } from "../discover/scan";
import type { Targets } from "../discover/targets";
import { argumentsOf } from "../model/arguments";
import { isOwnDefault } from "../model/imported";
import { familyOf, type Selection } from "../options";
import { isWithin } from "../plan/folders";
import type { ManagedObject } from "./state";

/** What exists on GitLab beside what stacks manage. */
export interface Comparison {
  /** Found and in a stack. */
  readonly managed: readonly RemoteResource[];
  /** Found and in no stack. */
  readonly unmanaged: readonly RemoteResource[];
  /** In a stack, and not found where it should be. */
  readonly missing: readonly ManagedObject[];
}

/** What a look at GitLab has found, and where it has search. */
export interface Search {
  readonly targets: Targets;
  readonly scans: readonly Scan[];
  readonly selection: Pick<Selection, "project" | "recursive" | "only">;
  /** GitLab's API and its former addresses. */
  readonly gitlabs: readonly string[];
}

/** Compares what was found with what stacks manage on the same GitLab. */
export function compare(search: Search, objects: readonly ManagedObject[]): Comparison {
  const here = objects.filter(({ gitlab }) => gitlab === undefined || search.gitlabs.includes(gitlab));
  const ids = new Set(here.map(({ id }) => id));
  const found = search.scans.flatMap(({ resources }) => resources);
  const present = presentIds(search.scans);
  return {
    managed: found.filter((one) => ids.has(idOf(one))),
    unmanaged: found.filter((one) => !ids.has(idOf(one)) && !isOwnDefault(one, argumentsOf(one))),
    missing: here.filter((object) => !present.has(object.id) && isExpected(object, search)),
  };
}

/** The ID of something that was found. */
export function idOf({ definition, at }: Pick<RemoteResource, "definition" | "at">): string {
  return formatId(definition, at);
}

/** Integrations that inherit are there too, though an import leaves them alone. */
function presentIds(scans: readonly Scan[]): ReadonlySet<string> {
  return new Set(
    scans.flatMap(({ parent, resources, inherited }) => [
      ...resources.map(idOf),
      ...inherited.map((definition) =>
        formatId(definition, parent ? { scope: parent.scope, parent: String(parent.id) } : {}),
      ),
    ]),
  );
}

/** Whether the look at GitLab should have found an object. */
function isExpected({ id, type, path }: ManagedObject, { targets, scans, selection }: Search): boolean {
  const definition = definitionOf(type);
  if (!definition || !selection.only.includes(familyOf(definition.kind))) return false;
  const at = parseId(definition, id);
  if (at?.scope === undefined) return scans.some(({ parent }) => parent === undefined);
  const isIt = ({ scope, id: number }: { scope: string; id: number }) =>
    scope === at.scope && String(number) === at.parent;
  if ([...targets.pendingDeletion, ...targets.archivedLeftOut].some(isIt)) return false;
  const scan = scans.find(({ parent }) => parent && isIt(parent));
  // What could not be read says nothing.
  if (scan) return scan.skipped.length === 0;
  return path !== undefined && targets.skipped.length === 0 && isSelected(path, at.scope, targets.roots, selection);
}

/** Whether a project or group that is gone would have been looked into. */
function isSelected(
  path: string,
  scope: string,
  roots: readonly string[],
  { project, recursive }: Search["selection"],
): boolean {
  if (scope === "project" && project.some((named) => named.toLowerCase() === path.toLowerCase())) return true;
  return roots.some((root) => {
    const rest = path.slice(root.length + 1);
    return isWithin(path, root) && (recursive || !rest.includes("/"));
  });
}
