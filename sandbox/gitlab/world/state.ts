import type { HookRow } from "../hooks/row";
import type { IntegrationRow } from "../integrations/row";
import type { NoteRow } from "../notes/row";
import type { NotificationRow } from "../notifications/row";
import type { Project } from "../projects/row";
import type { PushRuleRow } from "../push-rules/row";
import type { Group, User } from "./entities";

/** Everything the emulated GitLab stores: plain JSON. */
export interface State {
  lastIds: Record<string, number>;
  users: User[];
  groups: Group[];
  projects: Project[];
  /** Former full paths of projects in lower case, with the project they lead to. */
  formerPaths: Record<string, number>;
  hooks: HookRow[];
  integrations: IntegrationRow[];
  pushRules: PushRuleRow[];
  notifications: NotificationRow[];
  /** Absent until somebody comments. */
  notes?: NoteRow[];
  /** Names of topics in the order they came up; a topic's id is its place, counted from 1. */
  topics?: string[];
  /** Projects that are being removed, with the time at which they are gone. */
  removals?: { readonly projectId: number; readonly at: number }[];
}
