import type { Scope } from "../world/entities";

/** What one user wants to be told about one project, group, or (scope `instance`) in general. */
export interface NotificationRow {
  readonly userId: number;
  readonly scope: Scope;
  level: string;
  email: string | null;
  events: Record<string, boolean | null>;
}
