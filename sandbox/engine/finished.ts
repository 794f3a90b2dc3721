import type { ResourceState } from "./deployment";
import { changedNames, differences, masked, type PropertyChange } from "./differences";
import { UNKNOWN_ID } from "./provider";
import type { PlannedStep, Step, StepOp } from "./steps";
import { parseUrn } from "./urn";

/** What a refresh found: the state as it is now, none when the resource is gone. */
export interface Found {
  readonly state?: ResourceState;
  readonly changes: readonly PropertyChange[];
}

/** The report of a step that was carried out, or tried. */
export function finished(step: PlannedStep, failed: boolean, seconds: number, found?: Found): Step {
  const changes = found?.changes ?? step.changes;
  const state = found?.state ?? step.next ?? step.old;
  const { old } = step;
  const id = state?.id ?? old?.id;
  return {
    op: step.op === "refresh" ? refreshed(failed, found) : step.op,
    urn: step.urn,
    type: step.type,
    name: parseUrn(step.urn).name,
    detail: changedNames(changes),
    changes,
    ...(id !== undefined && id !== UNKNOWN_ID && { id }),
    failed,
    seconds,
    states: () => ({ ...(old && { oldState: shown(old) }), ...(state !== old && state && { newState: shown(state) }) }),
  };
}

function shown({ urn, type, id, inputs, outputs }: ResourceState): Record<string, unknown> {
  return { urn, type, ...(id !== undefined && { id }), inputs: masked(inputs), outputs: masked(outputs) };
}

function refreshed(failed: boolean, found: Found | undefined): StepOp {
  if (failed || !found) return "refresh";
  if (!found.state) return "delete";
  return found.changes.length > 0 ? "update" : "refresh";
}

/** How outputs differ that are no inputs, or all of them; what differs in the inputs is reported there. */
export function outputChanges(old: ResourceState, now: ResourceState, all = false): PropertyChange[] {
  const own = (state: ResourceState): ResourceState["outputs"] =>
    Object.fromEntries(
      Object.entries(state.outputs).filter(([name]) => all || !(name in old.inputs || name in now.inputs)),
    );
  return differences(own(old), own(now));
}
