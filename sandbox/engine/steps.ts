import type { ResourceState } from "./deployment";
import type { PropertyChange } from "./differences";

/** What a step does to a resource, in the engine's words. */
export type StepOp =
  | "same"
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "read-discard"
  | "remove-pending-replace"
  | "read"
  | "read-replacement"
  | "import"
  | "refresh";

/** A step that the planner decided on. */
export interface PlannedStep {
  readonly op: StepOp;
  readonly urn: string;
  readonly type: string;
  readonly old?: ResourceState;
  /** The state the resource is to have; the step fills in its ID and outputs. */
  readonly next?: ResourceState;
  /** The differences between old and new inputs. */
  readonly changes: readonly PropertyChange[];
  readonly ignoreChanges: readonly string[];
  /** On `create-replacement` and `read-replacement`: the old one is deleted when everything else is done. */
  readonly deleteOldLater?: boolean;
  /** On `same`: nothing is there and nothing is made, since the resource is not among the targets. */
  readonly isSkipped?: boolean;
  /** On `delete-replaced`: its replacement is still to be made. */
  readonly replacementFollows?: boolean;
}

/** A step that was carried out, or tried. */
export interface Step {
  /** What was done. A refresh reports what it found: `refresh` (no difference), `update` or `delete`. */
  readonly op: StepOp;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** The names of the properties that differ, each after `+`, `-` or `~`; secrets that differ are not among them. */
  readonly detail: readonly string[];
  /** The differences themselves, secrets written as `[secret]`. */
  readonly changes: readonly PropertyChange[];
  /** The resource's ID after the step, or before it when it was deleted. */
  readonly id?: string;
  readonly failed: boolean;
  /** The resource before and after the step, secrets written as `[secret]`: what `preview --json` shows of it. */
  readonly states: () => Readonly<Partial<Record<"oldState" | "newState", Record<string, unknown>>>>;
  /** How long it took, in seconds. */
  readonly seconds: number;
}
