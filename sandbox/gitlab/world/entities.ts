import type { GroupValue } from "../facts/group-attributes";

/** An uploaded file, its content in base64. */
export interface StoredFile {
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

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
