import type { HookRow } from "../hooks/row";
import type { IntegrationRow } from "../integrations/row";
import type { NoteRow } from "../notes/row";
import type { NotificationRow } from "../notifications/row";
import type { GroupValue } from "../facts/group-attributes";
import type { Project, StoredFile } from "../projects/row";
import type { PushRuleRow } from "../push-rules/row";

export type { Project } from "../projects/row";

/** Where an object lives. The instance has the id 0. */
export interface Scope {
  readonly kind: "instance" | "group" | "project";
  readonly id: number;
}

/** Who may see something without being a member. */
export type Visibility = "private" | "internal" | "public";

/** A user account. */
export interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly admin: boolean;
  readonly createdAt: string;
}

/** A group; subgroups name their parent. */
export interface Group {
  readonly id: number;
  name: string;
  path: string;
  description: string;
  visibility: Visibility;
  readonly parentId: number | null;
  readonly createdAt: string;
  /** The user who made it over the API, its owner; absent for groups that were there from the start. */
  readonly creatorId?: number;
  archived?: boolean;
  /** Attributes with another than their initial value, by GitLab's names. */
  attributes?: Record<string, GroupValue>;
  avatar?: StoredFile;
  customAttributes?: Record<string, string>;
}

/** The group or the user whose namespace a project is in. */
export interface Owner {
  readonly kind: "group" | "user";
  readonly id: number;
}

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
