import type { ResourceState } from "./deployment";
import type { PlannedStep } from "./steps";

/** The step that deletes a resource of the old state. */
export function deletion(op: Deletion, old: ResourceState): PlannedStep {
  return { op, urn: old.urn, type: old.type, old, changes: [], ignoreChanges: [] };
}

type Deletion = "delete" | "delete-replaced" | "read-discard" | "remove-pending-replace";

/** How a resource that is not wanted any more leaves the state. */
export function unwanted(old: ResourceState): Deletion {
  if (old.delete) return "delete-replaced";
  if (old.pendingReplacement) return "remove-pending-replace";
  return old.external ? "read-discard" : "delete";
}
