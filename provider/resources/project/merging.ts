import { z } from "zod";
import { field, flag, text, type FieldMeta } from "../../core/schema";
import { limited, limitedText, pattern } from "../../core/patterns";

const server: FieldMeta = { source: "server" };
/** Most answers leave it out, so what somebody changes meanwhile goes unnoticed. */
const unseen: FieldMeta = { access: "writeOnly", source: "server" };
const edit: FieldMeta = { onlyOn: "edit", source: "server" };

/** How changes are reviewed and merged. */
export const mergeFields = {
  /** What merging leaves in the history: a merge commit, one that could be fast-forwarded, or none. @default "merge" */
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
  /** Proposes to delete the source branch. @default true */
  removeSourceBranchAfterMerge: flag(true, server),
  /** Shows the link to a new merge request after a push. @default true */
  printingMergeRequestLinkEnabled: flag(true, server),
  /** Closes issues that a commit on the default branch names. @default true */
  autocloseReferencedIssues: flag(true),
  /** The message of a commit that applies a suggestion. At most 255 characters. */
  suggestionCommitMessage: limitedText(255, server),
  /** The message of a merge commit. At most 500 characters. */
  mergeCommitTemplate: limitedText(500, server),
  /** The message of a squashed commit. At most 500 characters. */
  squashCommitTemplate: limitedText(500, server),
  /** The name of a branch that is made from an issue: `%{id}-%{title}`. At most 255 characters. */
  issueBranchTemplate: limitedText(255, server),
  /**
   * The title that new merge requests begin with: `%{source_branch}`. At most 100 characters, on one line. GitLab 19.0 and
   * later.
   */
  mrDefaultTitleTemplate: field(
    limited(100)
      .refine((given) => !/[\r\n]/.test(given), "must not contain a line break")
      .optional(),
    { ...server, since: "19.0" },
  ),
  /** What new issues begin with. GitLab Premium. */
  issuesTemplate: text(edit),
  /** What new merge requests begin with. GitLab Premium. */
  mergeRequestsTemplate: text(edit),
  /** What titles of merge requests must match, in RE2's syntax. Goes with `mergeRequestTitleRegexDescription`. */
  mergeRequestTitleRegex: pattern(255, server),
  /** What to tell whose title does not match. At most 255 characters. Goes with `mergeRequestTitleRegex`. */
  mergeRequestTitleRegexDescription: limitedText(255, server),
  /**
   * Whether merge requests of this fork go to itself, and not to the project it was forked from. GitLab refuses it on what is
   * no fork: make the project one first. @default false
   */
  mrDefaultTargetSelf: flag(false, unseen),
  /** Whether pipelines run on the merged result. GitLab Premium. @default false */
  mergePipelinesEnabled: flag(false, edit),
  /** Whether there are merge trains. GitLab Premium. @default false */
  mergeTrainsEnabled: flag(false, edit),
  /** Whether merging may pass a merge train by. GitLab Premium. @default false */
  mergeTrainsSkipTrainAllowed: flag(false, edit),
  /**
   * Who becomes a reviewer of a new merge request by itself: nobody, or the owners of its code. GitLab Premium. GitLab 19.1
   * and later. @default "disabled"
   */
  reviewerAssignmentStrategy: field(z.enum(["disabled", "code_owners"]).optional(), {
    default: "disabled",
    ...server,
    since: "19.1",
  }),
  /** Refuses merge requests without an issue of Jira. GitLab Ultimate. @default false */
  preventMergeWithoutJiraIssue: flag(false, server),
  /** How many must approve. GitLab Premium. @deprecated Use GitLab's approval rules. */
  approvalsBeforeMerge: field(z.int().min(0).optional(), {
    default: 0,
    deprecated: "use GitLab's approval rules",
  }),
  /** How many must approve where no rule says otherwise. GitLab Premium. @default 0 */
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
   * Whether GitLab Duo mends what a newer version of a dependency breaks. GitLab Ultimate. GitLab 19.2 and later.
   * @default false
   */
  duoDependencyBumpBreakingChangesEnabled: flag(false, { ...server, since: "19.2" }),
  /** Whether GitLab Duo proposes fixes for what SAST finds. GitLab Ultimate. @default false */
  duoSastVrWorkflowEnabled: flag(false, server),
  /** Whether pipelines may read the repositories of security policies. GitLab Ultimate. @default false */
  sppRepositoryPipelineAccess: flag(false, server),
  /** Whether commits that are made in the browser are signed. @default false */
  webBasedCommitSigningEnabled: flag(false, edit),
};

const mirror = "use ProjectPullMirror";

/** Pull mirroring as it used to be set up. */
export const mirrorFields = {
  /** Whether the project mirrors `importUrl`. GitLab Premium. @deprecated Use {@link ProjectPullMirror}. */
  mirror: flag(false, { deprecated: mirror }),
  /** Whether mirroring starts pipelines. @deprecated Use {@link ProjectPullMirror}. */
  mirrorTriggerBuilds: flag(false, { deprecated: mirror }),
  /** The number of the user in whose name mirroring happens. @deprecated Use {@link ProjectPullMirror}. */
  mirrorUserId: field(z.int().min(1).optional(), { deprecated: mirror, noReset: true, ...edit }),
  /** Whether only protected branches are mirrored. @deprecated Use {@link ProjectPullMirror}. */
  onlyMirrorProtectedBranches: flag(false, { deprecated: mirror, onlyOn: "edit" }),
  /** Which branches are mirrored, in RE2's syntax. @deprecated Use {@link ProjectPullMirror}. */
  mirrorBranchRegex: pattern(255, { deprecated: mirror, onlyOn: "edit" }),
  /** Whether mirroring overwrites branches that have changed here. @deprecated Use {@link ProjectPullMirror}. */
  mirrorOverwritesDivergedBranches: flag(false, { deprecated: mirror, ...edit }),
};
