import type { FieldValues } from "../facts/fact";
import type { Scope } from "../world/entities";

/** An integration of a project, a group or the instance. It outlives being disabled. */
export interface IntegrationRow {
  readonly id: number;
  readonly slug: string;
  readonly scope: Scope;
  readonly createdAt: string;
  updatedAt: string;
  active: boolean;
  /** The row whose settings this one follows. */
  inheritFromId: number | null;
  commentOnEvents: boolean;
  /** Event flags without `_events`; every integration has all of them. */
  events: Record<string, boolean>;
  values: FieldValues;
}
