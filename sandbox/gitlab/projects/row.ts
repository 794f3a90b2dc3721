import type { Owner, StoredFile, Visibility } from "../world/entities";

/** A value of a project's attribute. */
export type AttributeValue =
  string | number | boolean | null | readonly string[] | Readonly<Record<string, string | number | boolean | null>>;

/** Work that GitLab does in the background after it has answered. */
export interface Job {
  readonly kind: "import" | "fork" | "mirror";
  /** Reads of the project that still find the work unfinished. */
  polls: number;
  /** Milliseconds since the epoch before which the work does not end. */
  readonly until: number;
  /** What the work fails with; null when it succeeds. */
  readonly error: string | null;
  status: "scheduled" | "started" | "finished" | "failed";
}

/** A group that a project is shared with. */
export interface Share {
  readonly id: number;
  readonly groupId: number;
  readonly access: number;
  readonly expiresAt: string | null;
  readonly memberRoleId: number | null;
  readonly createdAt: string;
}

/** Where a project pulls from, and how. */
export interface Mirror {
  readonly id: number;
  enabled: boolean;
  userId: number;
  triggerBuilds: boolean;
  onlyProtectedBranches: boolean | null;
  overwritesDivergedBranches: boolean | null;
  branchRegex: string | null;
  /** The last update, finished or not; absent until the first one. */
  job?: Job;
  /** After too many failures GitLab does not update a mirror any more. */
  paused?: boolean;
  startedAt: string | null;
  updatedAt: string | null;
  succeededAt: string | null;
  lastError: string | null;
}

/** A repository elsewhere that a project pushes to. */
export interface RemoteMirror {
  readonly id: number;
  /** The address without user and password. */
  readonly url: string;
  /** Whether the address came with a user or a password, and so shows them masked. */
  readonly hasCredentials: boolean;
  enabled: boolean;
  onlyProtectedBranches: boolean;
  branchRegex: string | null;
  keepDivergentRefs: boolean;
  authMethod: string;
  /** The last update, finished or not; absent until the first one. */
  job?: Job;
  startedAt: string | null;
  updatedAt: string | null;
  succeededAt: string | null;
  lastError: string | null;
}

/** A project. What most projects do not have is absent, so that many of them stay small. */
export interface Project {
  readonly id: number;
  name: string;
  path: string;
  owner: Owner;
  description: string | null;
  visibility: Visibility;
  defaultBranch: string;
  /** The branch that the repository waits for while it has no commit, when that is another than the default one. */
  unbornBranch?: string;
  topics: readonly string[];
  archived: boolean;
  readonly createdAt: string;
  updatedAt: string;
  readonly creatorId: number;
  /** The day of the deletion request, while the project waits to be removed. */
  markedForDeletionOn: string | null;
  /** Whether there are commits, issues, merge requests and pipelines to build hook tests from. */
  hasContent: boolean;
  /** Time of the last event; that of the creation when absent. */
  lastActivityAt?: string;
  /** Attributes with another than their initial value, by GitLab's names. */
  attributes?: Record<string, AttributeValue>;
  avatar?: StoredFile;
  /** Address the content came from, without credentials. */
  importUrl?: string;
  /** The user and password that came with `importUrl`. */
  importCredentials?: { readonly user: string; readonly password: string };
  job?: Job;
  /** Branches besides the default one. */
  branches?: readonly string[];
  customAttributes?: Record<string, string>;
  forkedFromId?: number;
  shares?: Share[];
  stars?: { readonly userId: number; readonly since: string }[];
  mirror?: Mirror;
  remoteMirrors?: RemoteMirror[];
  /** Percentage by programming language. */
  languages?: Readonly<Record<string, number>>;
  /** Direct members: access level by user id. */
  members?: Record<string, number>;
  /** Users besides the creator who have pushed or commented. */
  contributorIds?: readonly number[];
  /** Sizes and counts by GitLab's names; 0 for the rest. */
  statistics?: Readonly<Record<string, number>>;
  /** What the last check of checksums found damaged. */
  damaged?: readonly ("repository" | "wiki")[];
  /** Milliseconds since the epoch until which the last housekeeping holds the lease. */
  housekeepingUntil?: number;
}
