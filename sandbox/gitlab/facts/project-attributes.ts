import type { ParamType } from "../http/params";
import type { AttributeValue } from "../projects/row";
import type { Feature, Lifetime } from "../world/settings";

/** One attribute of a project that is kept and shown as it was given. */
export interface ProjectAttribute extends Lifetime {
  readonly name: string;
  readonly type: Exclude<ParamType, "file" | "pairs">;
  readonly values?: readonly string[];
  /** Values that requests may no longer set from a version on. */
  readonly retired?: Readonly<Record<string, Lifetime>>;
  readonly initial: AttributeValue;
  /** Where it is a parameter: both POST and PUT when absent, nowhere for `answer`. */
  readonly only?: "create" | "edit" | "answer";
  /** Without this feature the server drops it from requests and does not show it. */
  readonly licence?: Feature;
  /** Another key in answers, or none at all. */
  readonly shown?: string | false;
  /** Least role that may set it, where that is more than for the others. */
  readonly setBy?: "owner" | "admin";
  /** Least role that sees it, where that is more than for the others; `single` is shown by GET of one project only. */
  readonly seenBy?: "maintainer" | "admin";
  readonly single?: boolean;
}

const LEVELS = ["disabled", "private", "enabled"];
const PUBLIC_LEVELS = [...LEVELS, "public"];

const flag = (name: string, initial: boolean, more: Partial<ProjectAttribute> = {}): ProjectAttribute => ({
  name,
  type: "boolean",
  initial,
  ...more,
});

const text = (name: string, more: Partial<ProjectAttribute> = {}): ProjectAttribute => ({
  name,
  type: "string",
  initial: null,
  ...more,
});

const count = (name: string, initial: number | null, more: Partial<ProjectAttribute> = {}): ProjectAttribute => ({
  name,
  type: "integer",
  initial,
  ...more,
});

const choice = (
  name: string,
  values: readonly string[],
  initial: string,
  more: Partial<ProjectAttribute> = {},
): ProjectAttribute => ({ name, type: "string", values, initial, ...more });

const level = (feature: string, initial = "enabled", values = LEVELS): ProjectAttribute =>
  choice(`${feature}_access_level`, values, initial);

const ACCESS_LEVELS: readonly ProjectAttribute[] = [
  ...["issues", "repository", "merge_requests", "forking", "wiki", "builds", "snippets"].map((name) => level(name)),
  level("package_registry", "enabled", PUBLIC_LEVELS),
  level("pages", "private", PUBLIC_LEVELS),
  ...["analytics", "container_registry"].map((name) => level(name)),
  level("security_and_compliance", "private"),
  ...["releases", "environments", "feature_flags", "infrastructure", "monitor"].map((name) => level(name)),
  ...["model_experiments", "model_registry"].map((name) => level(name)),
  choice("requirements_access_level", LEVELS, "enabled", { licence: "requirements" }),
];

const EDIT = { only: "edit" } as const;

const PIPELINES: readonly ProjectAttribute[] = [
  choice("build_git_strategy", ["fetch", "clone"], "fetch", { seenBy: "maintainer", single: true }),
  count("build_timeout", 3600),
  choice("auto_cancel_pending_pipelines", ["disabled", "enabled"], "enabled"),
  text("ci_config_path"),
  flag("shared_runners_enabled", true),
  flag("group_runners_enabled", true),
  choice(
    "resource_group_default_process_mode",
    ["unordered", "oldest_first", "newest_first", "newest_ready_first"],
    "unordered",
  ),
  flag("public_jobs", true),
  flag("auto_devops_enabled", false),
  choice("auto_devops_deploy_strategy", ["continuous", "manual", "timed_incremental"], "continuous"),
  count("ci_default_git_depth", 20, EDIT),
  flag("keep_latest_artifact", true, EDIT),
  flag("ci_forward_deployment_enabled", true, EDIT),
  flag("ci_forward_deployment_rollback_allowed", true, EDIT),
  flag("ci_allow_fork_pipelines_to_run_in_parent_project", true, EDIT),
  flag("ci_separated_caches", true, EDIT),
  choice(
    "ci_pipeline_variables_minimum_override_role",
    ["no_one_allowed", "developer", "maintainer", "owner"],
    "developer",
    EDIT,
  ),
  flag("ci_push_repository_for_job_token_allowed", false, EDIT),
  flag("ci_display_pipeline_variables", false, { only: "edit", since: "19.1" }),
  flag("protect_merge_request_pipelines", true, { only: "edit", since: "18.10" }),
  flag("cicd_catalog_enabled", false, { since: "19.3" }),
  {
    name: "ci_id_token_sub_claim_components",
    type: "strings",
    initial: ["project_path", "ref_type", "ref"],
    only: "edit",
  },
  count("ci_delete_pipelines_in_seconds", null, { only: "edit", setBy: "owner" }),
  count("max_artifacts_size", null, EDIT),
  flag("allow_pipeline_trigger_approve_deployment", false, { only: "edit", licence: "protected_environments" }),
  choice("ci_restrict_pipeline_cancellation_role", ["developer", "maintainer", "no_one"], "developer", {
    only: "edit",
    licence: "ci_pipeline_cancellation_restrictions",
  }),
];

const MERGING: readonly ProjectAttribute[] = [
  flag("resolve_outdated_diff_discussions", false),
  flag("remove_source_branch_after_merge", true),
  flag("only_allow_merge_if_pipeline_succeeds", false),
  flag("allow_merge_on_skipped_pipeline", false),
  flag("only_allow_merge_if_all_discussions_are_resolved", false),
  flag("printing_merge_request_link_enabled", true),
  choice("merge_method", ["ff", "rebase_merge", "merge"], "merge"),
  choice("squash_option", ["never", "always", "default_on", "default_off"], "default_off"),
  flag("mr_default_target_self", false, { shown: false }),
  text("suggestion_commit_message"),
  text("merge_commit_template"),
  text("squash_commit_template"),
  text("issue_branch_template"),
  text("mr_default_title_template", { since: "19.0" }),
  text("merge_request_title_regex"),
  text("merge_request_title_regex_description"),
  flag("only_allow_merge_if_all_status_checks_passed", false, { licence: "external_status_checks" }),
  count("approvals_before_merge", 0, { licence: "merge_request_approvers" }),
  count("fallback_approvals_required", null, { only: "edit", licence: "merge_request_approvers", shown: false }),
  flag("prevent_merge_without_jira_issue", false, { licence: "jira_issue_association_enforcement" }),
  text("issues_template", { only: "edit", licence: "issuable_default_templates" }),
  text("merge_requests_template", { only: "edit", licence: "issuable_default_templates" }),
  flag("merge_pipelines_enabled", false, { only: "edit", licence: "merge_pipelines" }),
  flag("merge_trains_enabled", false, { only: "edit", licence: "merge_trains" }),
  flag("merge_trains_skip_train_allowed", false, { only: "edit", licence: "merge_trains" }),
  {
    ...choice("reviewer_assignment_strategy", ["disabled", "code_owners", "dap_powered"], "disabled", {
      licence: "merge_request_approvers",
      since: "19.1",
    }),
    retired: { dap_powered: { since: "19.4" } },
  },
  flag("auto_duo_code_review_enabled", false, { licence: "review_merge_request" }),
];

const GENERAL: readonly ProjectAttribute[] = [
  flag("service_desk_enabled", false),
  flag("emails_enabled", true),
  flag("show_default_award_emojis", true, { shown: false }),
  flag("show_diff_preview_in_email", true),
  flag("warn_about_potentially_unwanted_characters", true),
  flag("enforce_auth_checks_on_uploads", true),
  flag("lfs_enabled", true),
  flag("request_access_enabled", true),
  flag("autoclose_referenced_issues", true),
  text("repository_storage", { initial: "default", setBy: "admin", seenBy: "admin" }),
  text("external_authorization_classification_label", { licence: "external_authorization_service_api_management" }),
  flag("duo_remote_flows_enabled", true, { licence: "review_merge_request" }),
  flag("duo_sast_fp_detection_enabled", false, { licence: "review_merge_request" }),
  flag("duo_sast_vr_workflow_enabled", false, { licence: "review_merge_request" }),
  flag("duo_secret_detection_fp_enabled", false, { licence: "review_merge_request", since: "18.10" }),
  flag("duo_dependency_bump_breaking_changes_enabled", false, { licence: "review_merge_request", since: "19.2" }),
  flag("secret_push_protection_enabled", false, { only: "answer" }),
  flag("pre_receive_secret_detection_enabled", false, { only: "answer" }),
  flag("spp_repository_pipeline_access", false, { licence: "security_orchestration_policies" }),
  flag("web_based_commit_signing_enabled", false, EDIT),
  choice("repository_object_format", ["sha1", "sha256"], "sha1", { only: "create" }),
];

/** Every attribute of a project that the emulator only keeps, in groups. */
export const PROJECT_ATTRIBUTES: readonly ProjectAttribute[] = [...GENERAL, ...ACCESS_LEVELS, ...PIPELINES, ...MERGING];

/** A deprecated parameter and the attribute it stands for, translated both ways. */
export interface Twin {
  readonly name: string;
  readonly type: "boolean" | "strings";
  readonly of: string;
  /** What the attribute becomes when the twin is set. */
  readonly write: (value: AttributeValue, current: AttributeValue) => AttributeValue;
  /** What the twin shows; absent where answers lack it. */
  readonly read?: (value: AttributeValue) => AttributeValue;
  readonly only?: "edit" | "answer";
  readonly licence?: Feature;
}

const same = (value: AttributeValue): AttributeValue => value;

const enabled = (name: string, feature: string): Twin => ({
  name,
  type: "boolean",
  of: `${feature}_access_level`,
  write: (value) => (value === true ? "enabled" : "disabled"),
  read: (value) => value !== "disabled",
});

/** The deprecated parameters. */
export const TWINS: readonly Twin[] = [
  enabled("issues_enabled", "issues"),
  enabled("merge_requests_enabled", "merge_requests"),
  enabled("wiki_enabled", "wiki"),
  enabled("jobs_enabled", "builds"),
  enabled("snippets_enabled", "snippets"),
  enabled("container_registry_enabled", "container_registry"),
  enabled("packages_enabled", "package_registry"),
  { ...enabled("requirements_enabled", "requirements"), only: "answer", licence: "requirements" },
  {
    name: "emails_disabled",
    type: "boolean",
    of: "emails_enabled",
    write: (value) => value !== true,
    read: (value) => value !== true,
  },
  { name: "public_builds", type: "boolean", of: "public_jobs", write: same },
  {
    name: "restrict_user_defined_variables",
    type: "boolean",
    of: "ci_pipeline_variables_minimum_override_role",
    only: "edit",
    write: (value, current) => {
      if (value !== true) return "developer";
      return current === "developer" ? "maintainer" : current;
    },
    read: (value) => value !== "developer",
  },
];

/** The parts of `container_expiration_policy_attributes`, with their initial and allowed values. */
export const EXPIRATION_POLICY: Readonly<
  Record<
    string,
    {
      readonly type: ParamType;
      readonly initial: string | number | boolean | null;
      readonly allowed?: readonly unknown[];
    }
  >
> = {
  cadence: { type: "string", initial: "1d", allowed: ["1d", "7d", "14d", "1month", "3month"] },
  enabled: { type: "boolean", initial: false, allowed: [true, false] },
  keep_n: { type: "integer", initial: 10, allowed: [null, 1, 5, 10, 25, 50, 100] },
  older_than: { type: "string", initial: "90d", allowed: [null, "", "7d", "14d", "30d", "60d", "90d"] },
  name_regex: { type: "string", initial: ".*" },
  name_regex_keep: { type: "string", initial: null },
};
