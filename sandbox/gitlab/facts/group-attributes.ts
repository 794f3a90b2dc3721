import type { ParamType } from "../http/params";

/** JSON that a group keeps as it was given. */
export type GroupValue =
  string | number | boolean | null | readonly GroupValue[] | { readonly [name: string]: GroupValue };

/** One attribute of a group that is kept and shown as it was given. */
export interface GroupAttribute {
  readonly name: string;
  readonly type: Exclude<ParamType, "file" | "pairs">;
  readonly values?: readonly string[];
  readonly initial: GroupValue;
  /** Where it is a parameter: both POST and PUT when absent, nowhere for `answer`. */
  readonly only?: "edit" | "answer";
  /** Shown when a group is read by itself, not in lists. */
  readonly detail?: boolean;
  /** Shown to owners only. */
  readonly owners?: boolean;
  /** Shown of groups without a parent only. */
  readonly root?: boolean;
}

type More = Partial<GroupAttribute>;

const flag = (name: string, initial: boolean | null, more: More = {}): GroupAttribute => ({
  name,
  type: "boolean",
  initial,
  ...more,
});

const count = (name: string, initial: number | null, more: More = {}): GroupAttribute => ({
  name,
  type: "integer",
  initial,
  ...more,
});

const text = (name: string, initial: string | null, more: More = {}): GroupAttribute => ({
  name,
  type: "string",
  initial,
  ...more,
});

const EDIT = { only: "edit" } as const;
const ANSWER = { only: "answer" } as const;

/** Settings that lists of groups show too. */
const SHARED: readonly GroupAttribute[] = [
  flag("share_with_group_lock", false),
  flag("require_two_factor_authentication", false),
  count("two_factor_grace_period", 48),
  text("project_creation_level", "developer", {
    values: ["noone", "owner", "maintainer", "developer", "administrator"],
  }),
  flag("auto_devops_enabled", null),
  text("subgroup_creation_level", "maintainer", { values: ["owner", "maintainer"] }),
  flag("emails_enabled", true),
  flag("show_diff_preview_in_email", true),
  flag("mentions_disabled", null),
  flag("lfs_enabled", true),
  flag("math_rendering_limits_enabled", true, EDIT),
  flag("lock_math_rendering_limits_enabled", false, EDIT),
  text("default_branch", null),
  count("default_branch_protection", 2),
  {
    name: "default_branch_protection_defaults",
    type: "json",
    initial: {
      allowed_to_push: [{ access_level: 40 }],
      allow_force_push: false,
      allowed_to_merge: [{ access_level: 40 }],
      developer_can_initial_push: false,
    },
  },
  flag("request_access_enabled", true),
  count("organization_id", 1, ANSWER),
  text("shared_runners_setting", "enabled", {
    values: ["disabled_and_unoverridable", "disabled_and_overridable", "enabled"],
  }),
  count("max_artifacts_size", null, EDIT),
  text("ldap_cn", null),
  count("ldap_access", null),
  text("wiki_access_level", "enabled", { values: ["disabled", "private", "enabled"] }),
  text("repository_storage", null, { ...ANSWER, owners: true }),
  flag("duo_core_features_enabled", null, { ...EDIT, owners: true }),
  flag("duo_features_enabled", true, { ...ANSWER, owners: true }),
  flag("lock_duo_features_enabled", false, { ...ANSWER, owners: true }),
  flag("auto_duo_code_review_enabled", null, { ...EDIT, owners: true }),
  flag("web_based_commit_signing_enabled", false, { ...EDIT, owners: true }),
  flag("allow_personal_snippets", true, { ...EDIT, owners: true }),
];

/** Settings that only the answer about one group shows. */
const DETAIL: readonly GroupAttribute[] = [
  text("enabled_git_access_protocol", null, { values: ["ssh", "http", "all"], owners: true, root: true }),
  flag("prevent_sharing_groups_outside_hierarchy", false, { ...EDIT, root: true }),
  count("shared_runners_minutes_limit", null),
  count("extra_shared_runners_minutes_limit", null),
  flag("prevent_forking_outside_group", null, EDIT),
  flag("service_access_tokens_expiration_enforced", true, { ...EDIT, root: true }),
  flag("membership_lock", false),
  text("ip_restriction_ranges", null, EDIT),
  text("allowed_email_domains_list", null, EDIT),
  count("file_template_project_id", null, EDIT),
];

/** Every attribute of a group that the emulator only keeps. */
export const GROUP_ATTRIBUTES: readonly GroupAttribute[] = [
  ...SHARED,
  ...DETAIL.map((attribute) => ({ ...attribute, detail: true })),
];

/** What `duo_availability` stands for. */
export const DUO_AVAILABILITY: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  default_on: { duo_features_enabled: true, lock_duo_features_enabled: false },
  default_off: { duo_features_enabled: false, lock_duo_features_enabled: false },
  never_on: { duo_features_enabled: false, lock_duo_features_enabled: true },
};
