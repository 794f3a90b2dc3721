import type { RateLimit } from "../http/throttle";
import type { RubyVersion } from "../validation/ruby";
import type { Visibility } from "./entities";

/** The features of a paid licence that the emulator tells apart. */
export const LICENSED_FEATURES = [
  "push_rules",
  "commit_committer_check",
  "commit_committer_name_check",
  "reject_unsigned_commits",
  "reject_non_dco_commits",
  "ci_pipeline_cancellation_restrictions",
  "custom_project_templates",
  "external_authorization_service_api_management",
  "external_status_checks",
  "issuable_default_templates",
  "jira_issue_association_enforcement",
  "merge_pipelines",
  "merge_request_approvers",
  "merge_trains",
  "protected_environments",
  "repository_mirrors",
  "requirements",
  "review_merge_request",
  "security_orchestration_policies",
] as const;

/** One licensed feature, in GitLab's own name. */
export type Feature = (typeof LICENSED_FEATURES)[number];

/** What the emulator knows to be behind a feature flag of GitLab, by the flag's name. */
export const FEATURE_FLAGS = ["duo_flow_callback_hooks", "pipelines_email_notify_child_pipelines"] as const;

/** One feature flag, in GitLab's own name. */
export type FeatureFlag = (typeof FEATURE_FLAGS)[number];

/** How long GitLab takes to work out who may do what in something new. */
export interface AuthorizationDelay {
  /** Calls below a new project or group that find nothing there. */
  readonly calls: number;
  /** Milliseconds during which they find nothing there. */
  readonly milliseconds: number;
}

/** How background imports go. */
export interface ImportBehaviour {
  /** Reads of the new project that find the import unfinished. */
  readonly polls: number;
  /** Milliseconds that it takes at least. */
  readonly milliseconds: number;
  /** What it fails with; null when it succeeds. */
  readonly error: string | null;
}

/** How the instance behaves: what an administrator of a real one configures. */
export interface Settings {
  /**
   * GitLab version, such as `18.5.0-ee`; what later versions bring, and what earlier ones had, is not there. Without `-ee`
   * at its end it is the Community Edition, which has no licence, no group hooks, no push rules and no pull mirrors.
   */
  version: string;
  /** Feature flags that are on. */
  featureFlags: readonly FeatureFlag[];
  /** Licensed features; none in the Community Edition. */
  licence: readonly Feature[];
  /** Request throttle per token, or null for none. */
  rateLimit: RateLimit | null;
  /** Milliseconds added to every API request. */
  latency: number;
  /** Hooks allowed per project and per group. */
  hookLimits: { readonly project: number; readonly group: number };
  /** Hook tests and resends allowed per minute, project or group, and user; 0 for no limit. */
  hookTestsPerMinute: number;
  /** Integrations switched off on this instance, by slug. */
  unavailableIntegrations: readonly string[];
  /** Whether webhooks and integrations may point at local addresses. */
  allowLocalRequests: boolean;
  /** Days a deleted project can be restored; 0 removes it at once. */
  deletionDelay: number;
  /** Milliseconds between the request that removes a project and its removal; its path stays taken meanwhile. */
  removalTime: number;
  /** How imports and forks go that begin from now on. */
  imports: ImportBehaviour;
  /** Sources that projects may be imported from; `git` is any address. */
  importSources: readonly string[];
  /** Visibility levels that only an administrator may choose. */
  restrictedVisibilityLevels: readonly Visibility[];
  /** Projects that a user may have in the own namespace. */
  projectsLimit: number;
  /**
   * Whether archived projects refuse writes other than those that end the archiving or the project, and than those
   * of hooks and push rules.
   */
  archivedIsReadOnly: boolean;
  /** How long calls below a new project or group answer 404. */
  authorizationDelay: AuthorizationDelay;
  /**
   * What goes wrong for single users, by user name, when members are imported; an entry `*` makes the whole import
   * fail.
   */
  memberImportErrors: Readonly<Record<string, string>>;
  /** Seconds for which a housekeeping run keeps others out. */
  housekeepingLease: number;
  /** Whether a refusal quotes the values that were given: some servers in front of GitLab, and some of its messages. */
  echoValues: boolean;
  /** How messages print a hash: as Ruby up to 3.3 does, or as from 3.4 on. */
  rubyHashes: RubyVersion;
  /** Values of the instance-wide push rule, copied to new projects; null when there is none. */
  instancePushRule: Readonly<Record<string, string | number | boolean | null>> | null;
}

/** A fresh, fully licensed GitLab 19.4 without limits on requests. */
export const DEFAULT_SETTINGS: Settings = {
  version: "19.4.0-ee",
  featureFlags: [],
  licence: LICENSED_FEATURES,
  rateLimit: null,
  latency: 0,
  hookLimits: { project: 100, group: 50 },
  hookTestsPerMinute: 5,
  unavailableIntegrations: [],
  allowLocalRequests: false,
  deletionDelay: 7,
  removalTime: 0,
  imports: { polls: 1, milliseconds: 0, error: null },
  importSources: ["git", "gitlab_project", "github"],
  restrictedVisibilityLevels: [],
  projectsLimit: 100_000,
  archivedIsReadOnly: true,
  authorizationDelay: { calls: 0, milliseconds: 0 },
  memberImportErrors: {},
  housekeepingLease: 3600,
  echoValues: false,
  rubyHashes: "3.3",
  instancePushRule: null,
};

/** Whether it is the Enterprise Edition. */
export function isEnterprise({ version }: Settings): boolean {
  return version.endsWith("-ee");
}

/** The settings as they come into effect: the Community Edition has no licence. */
export function effective(settings: Settings): Settings {
  return isEnterprise(settings) ? settings : { ...settings, licence: [] };
}

/** Whether the configured version is at least the given one. */
export function isAtLeast(settings: Settings, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = settings.version.split(".").map((part) => Number.parseInt(part, 10));
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** The versions that have something, as `major.minor`: from `since` on, and before `until`; all when both are absent. */
export interface Lifetime {
  readonly since?: string;
  readonly until?: string;
}

/** Whether the configured version has something that came or went with a version. */
export function has(settings: Settings, { since, until }: Lifetime): boolean {
  return (since === undefined || reaches(settings, since)) && (until === undefined || !reaches(settings, until));
}

function reaches(settings: Settings, version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return isAtLeast(settings, major, minor);
}
