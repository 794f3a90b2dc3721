import { z } from "zod";
import { field, flag, text, type FieldMeta } from "../../core/schema";
import { limited, limitedText, pattern } from "../../core/patterns";

const server: FieldMeta = { source: "server" };
/** Most answers leave it out, so what somebody changes meanwhile goes unnoticed. */
const unseen: FieldMeta = { access: "writeOnly", source: "server" };
const edit: FieldMeta = { onlyOn: "edit", source: "server" };

/** How changes are reviewed and merged. */
export const mergeFields = {
  /**
   * How merge requests are merged: with a merge commit, with a merge commit and semi-linear history, or by
   * fast-forward. @default "merge"
   */
  mergeMethod: field(z.enum(["ff", "rebase_merge", "merge"]).optional(), { default: "merge", ...server }),
  /** Whether commits are squashed. @default "default_off" */
  squashOption: field(z.enum(["never", "always", "default_on", "default_off"]).optional(), {
    default: "default_off",
    ...server,
  }),
  /** Allows merging only when the pipeline has passed. @default false */
  onlyAllowMergeIfPipelineSucceeds: flag(false, server),
  /** Counts a skipped pipeline as passed. @default false */
  allowMergeOnSkippedPipeline: flag(false),
  /** Allows merging only when every thread is resolved. @default false */
  onlyAllowMergeIfAllDiscussionsAreResolved: flag(false, server),
  /** Allows merging only when every status check has passed. GitLab Ultimate. @default false */
  onlyAllowMergeIfAllStatusChecksPassed: flag(false),
  /** Resolves threads on lines that a push changes. @default false */
  resolveOutdatedDiffDiscussions: flag(false, server),
  /** Enables the deletion of the source branch by default. @default true */
  removeSourceBranchAfterMerge: flag(true, server),
  /** Shows the link to a new merge request after a push. @default true */
  printingMergeRequestLinkEnabled: flag(true, server),
  /** Closes issues that a commit on the default branch references. @default true */
  autocloseReferencedIssues: flag(true),
  /** The message of a commit that applies a suggestion. At most 255 characters. */
  suggestionCommitMessage: limitedText(255, server),
  /** The message of a merge commit. At most 500 characters. */
  mergeCommitTemplate: limitedText(500, server),
  /** The message of a squashed commit. At most 500 characters. */
  squashCommitTemplate: limitedText(500, server),
  /** The template for the name of a branch that is created from an issue: `%{id}-%{title}`. At most 255 characters. */
  issueBranchTemplate: limitedText(255, server),
  /**
   * The default title of new merge requests: `%{source_branch}`. At most 100 characters, on one line. GitLab 19.0 and
   * later.
   */
  mrDefaultTitleTemplate: field(
    limited(100)
      .refine((given) => !/[\r\n]/.test(given), "must not contain a line break")
      .optional(),
    { ...server, since: "19.0" },
  ),
  /** The default description of new issues. GitLab Premium. */
  issuesTemplate: text(edit),
  /** The default description of new merge requests. GitLab Premium. */
  mergeRequestsTemplate: text(edit),
  /**
   * A regular expression that titles of merge requests must match, in RE2's syntax. Required together with
   * `mergeRequestTitleRegexDescription`.
   */
  mergeRequestTitleRegex: pattern(255, server),
  /**
   * The message for titles that do not match. At most 255 characters. Required together with `mergeRequestTitleRegex`.
   */
  mergeRequestTitleRegexDescription: limitedText(255, server),
  /**
   * Whether merge requests of this fork target the fork itself, and not the project it was forked from. GitLab refuses
   * it unless the project is a fork. @default false
   */
  mrDefaultTargetSelf: flag(false, unseen),
  /** Whether pipelines run on the merged result. GitLab Premium. @default false */
  mergePipelinesEnabled: flag(false, edit),
  /** Whether there are merge trains. GitLab Premium. @default false */
  mergeTrainsEnabled: flag(false, edit),
  /** Whether merge requests may skip the merge train. GitLab Premium. @default false */
  mergeTrainsSkipTrainAllowed: flag(false, edit),
  /**
   * Who is automatically assigned as a reviewer of a new merge request: nobody, or the code owners. GitLab Premium.
   * GitLab 19.1 and later. @default "disabled"
   */
  reviewerAssignmentStrategy: field(z.enum(["disabled", "code_owners"]).optional(), {
    default: "disabled",
    ...server,
    since: "19.1",
  }),
  /** Prevents merging without an associated Jira issue. GitLab Ultimate. @default false */
  preventMergeWithoutJiraIssue: flag(false, server),
  /** The number of required approvals. GitLab Premium. @deprecated Use GitLab's approval rules. */
  approvalsBeforeMerge: field(z.int().min(0).optional(), {
    default: 0,
    deprecated: "use GitLab's approval rules",
  }),
  /** The number of required approvals if no approval rule applies. GitLab Premium. @default 0 */
  fallbackApprovalsRequired: field(z.int().min(0).optional(), { default: 0, ...edit, ...unseen }),
  /** Whether GitLab Duo reviews every merge request. @default false */
  autoDuoCodeReviewEnabled: flag(false, server),
  /** Whether flows of GitLab Duo may run. @default true */
  duoRemoteFlowsEnabled: flag(true, server),
  /** Whether GitLab Duo looks for false positives of SAST. GitLab Ultimate. @default false */
  duoSastFpDetectionEnabled: flag(false, server),
  /**
   * Whether GitLab Duo looks for false positives of secret detection. GitLab Ultimate. GitLab 18.10 and later.
   * @default false
   */
  duoSecretDetectionFpEnabled: flag(false, { ...server, since: "18.10" }),
  /**
   * Whether GitLab Duo fixes breaking changes of a newer dependency version. GitLab Ultimate. GitLab 19.2 and later.
   * @default false
   */
  duoDependencyBumpBreakingChangesEnabled: flag(false, { ...server, since: "19.2" }),
  /** Whether GitLab Duo proposes fixes for SAST findings. GitLab Ultimate. @default false */
  duoSastVrWorkflowEnabled: flag(false, server),
  /** Whether pipelines may read the repositories of security policies. GitLab Ultimate. @default false */
  sppRepositoryPipelineAccess: flag(false, server),
  /** Whether commits that are created in the browser are signed. @default false */
  webBasedCommitSigningEnabled: flag(false, edit),
};

const mirror = "use ProjectPullMirror";

/** Pull mirroring as it used to be set up. */
export const mirrorFields = {
  /** Whether the project mirrors `importUrl`. GitLab Premium. @deprecated Use {@link ProjectPullMirror}. */
  mirror: flag(false, { deprecated: mirror }),
  /** Whether mirroring starts pipelines. @deprecated Use {@link ProjectPullMirror}. */
  mirrorTriggerBuilds: flag(false, { deprecated: mirror }),
  /** The ID of the user in whose name mirroring runs. @deprecated Use {@link ProjectPullMirror}. */
  mirrorUserId: field(z.int().min(1).optional(), { deprecated: mirror, noReset: true, ...edit }),
  /** Whether only protected branches are mirrored. @deprecated Use {@link ProjectPullMirror}. */
  onlyMirrorProtectedBranches: flag(false, { deprecated: mirror, onlyOn: "edit" }),
  /** Which branches are mirrored, in RE2's syntax. @deprecated Use {@link ProjectPullMirror}. */
  mirrorBranchRegex: pattern(255, { deprecated: mirror, onlyOn: "edit" }),
  /** Whether mirroring overwrites branches that have changed here. @deprecated Use {@link ProjectPullMirror}. */
  mirrorOverwritesDivergedBranches: flag(false, { deprecated: mirror, ...edit }),
};
