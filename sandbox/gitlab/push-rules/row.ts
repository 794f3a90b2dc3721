import type { Scope } from "../world/entities";

/** The values of a push rule by GitLab's names. */
export type RuleValues = Record<string, string | number | boolean | null>;

/** The push rule of a project or group. */
export interface PushRuleRow {
  readonly id: number;
  readonly scope: Scope;
  readonly createdAt: string;
  updatedAt: string;
  values: RuleValues;
}
