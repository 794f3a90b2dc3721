import { has, type Settings } from "../world/settings";
import type { Scope } from "../world/entities";

/** How an event flag of a hook is set: null only where GitLab's column has no default. */
export type HookFlags = Record<string, boolean | null>;

/** One delivery of a hook. */
export interface HookEvent {
  readonly id: number;
  readonly createdAt: string;
  readonly url: string;
  readonly trigger: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestData: Readonly<Record<string, unknown>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
  readonly responseStatus: string;
  /** Seconds. */
  readonly executionDuration: number;
}

/** A webhook of a project, a group or the instance. */
export interface HookRow {
  readonly id: number;
  readonly scope: Scope;
  readonly createdAt: string;
  updatedAt: string;
  url: string;
  name: string | null;
  description: string | null;
  token: string | null;
  signingToken: string | null;
  flags: HookFlags;
  enableSslVerification: boolean;
  branchFilter: string | null;
  branchFilterStrategy: string;
  template: string | null;
  duoFlowCallback: boolean;
  urlVariables: Record<string, string>;
  customHeaders: Record<string, string>;
  failures: number;
  alertStatus: "executable" | "temporarily_disabled" | "disabled";
  disabledUntil: string | null;
  events: HookEvent[];
}

/** Event flags of both levels, in the order of the response after the first few. */
const COMMON_FLAGS = [
  "issues_events",
  "confidential_issues_events",
  "note_events",
  "confidential_note_events",
  "pipeline_events",
  "wiki_page_events",
  "deployment_events",
  "feature_flag_events",
  "job_events",
  "releases_events",
  "milestone_events",
  "emoji_events",
  "resource_access_token_events",
] as const;

const FIRST_FLAGS = ["push_events", "tag_push_events", "merge_requests_events"] as const;

/** Where a hook may be: those of the instance are called system hooks. */
export type HookKind = Scope["kind"];

/** Event flags that came with a version. */
const SINCE: Readonly<Record<string, string>> = { resource_deploy_token_events: "18.10" };

/** Whether the configured version has an event flag. */
export function hasFlag(settings: Settings, name: string): boolean {
  const since = SINCE[name];
  return since === undefined || has(settings, { since });
}

/** The event flags of a level that follow the id of its project or group in a response. */
export const LATER_FLAGS: Readonly<Record<HookKind, readonly string[]>> = {
  project: [...COMMON_FLAGS, "resource_deploy_token_events", "vulnerability_events"],
  group: [...COMMON_FLAGS, "vulnerability_events", "subgroup_events", "member_events", "project_events"],
  instance: [],
};

/** Every event flag of a level, that of each version. */
export const flagNames = (kind: HookKind): readonly string[] => [
  ...FIRST_FLAGS,
  ...(kind === "instance" ? ["repository_update_events"] : LATER_FLAGS[kind]),
];

/** The event flags of a new hook. */
export function newFlags(kind: HookKind): HookFlags {
  const flags: HookFlags = Object.fromEntries(flagNames(kind).map((name) => [name, false]));
  if (kind === "instance") return { ...flags, repository_update_events: true };
  return { ...flags, push_events: true, confidential_note_events: null };
}
