import { z } from "zod";
import { field, flag, type FieldMeta } from "../../core/schema";
import { limited } from "../../core/patterns";

const server: FieldMeta = { source: "server" };

/** How pipelines run. */
export const projectPipelineFields = {
  /** How jobs get the repository. @default "fetch" */
  buildGitStrategy: field(z.enum(["fetch", "clone"]).optional(), { default: "fetch" }),
  /** How long a job may run, in seconds: at least 600, and less than a month, which is 2,629,746. @default 3600 */
  buildTimeout: field(z.int().min(600).max(2_629_745).optional(), { default: 3600 }),
  /** Whether a newer pipeline cancels the older ones of its branch. @default "enabled" */
  autoCancelPendingPipelines: field(z.enum(["disabled", "enabled"]).optional(), { default: "enabled" }),
  /** Where the pipeline is defined. At most 255 characters. @default "", which is `.gitlab-ci.yml` */
  ciConfigPath: field(
    limited(255)
      .refine((given) => !/\.\.|^\//.test(given), "must not begin with a slash, and must not contain two dots in a row")
      .optional(),
    {},
  ),
  /** Whether everyone who can see the project can see its pipelines, and not only members. @default true */
  publicJobs: flag(true, server),
  /** Whether everyone who can see the project can see its pipelines. @deprecated Use `publicJobs`. */
  publicBuilds: flag(true, {
    replacedBy: "publicJobs",
    deprecated: "use publicJobs",
    shownAs: "public_jobs",
    ...server,
  }),
  /** Whether the instance's runners may be used. @default true */
  sharedRunnersEnabled: flag(true, server),
  /** Whether the runners of the parent groups may be used. @default true */
  groupRunnersEnabled: flag(true, server),
  /** In which order jobs of one resource group run. @default "unordered" */
  resourceGroupDefaultProcessMode: field(
    z.enum(["unordered", "oldest_first", "newest_first", "newest_ready_first"]).optional(),
    { default: "unordered", ...server },
  ),
  /** Whether Auto DevOps is on. @default the setting of the group or instance */
  autoDevopsEnabled: flag(false, { default: null }),
  /** How Auto DevOps deploys. @default "continuous" */
  autoDevopsDeployStrategy: field(z.enum(["continuous", "manual", "timed_incremental"]).optional(), {
    default: "continuous",
  }),
  /** How many revisions a job fetches; 0 is all. @default 20 */
  ciDefaultGitDepth: field(z.int().min(0).max(1000).optional(), { default: 20, onlyOn: "edit", ...server }),
  /** Whether the newest artifacts of each branch are kept when they expire. @default true */
  keepLatestArtifact: flag(true, { onlyOn: "edit", ...server }),
  /** Whether jobs that would deploy an older version are prevented. @default true */
  ciForwardDeploymentEnabled: flag(true, { onlyOn: "edit", ...server }),
  /** Whether a job may be run again to roll back. @default true */
  ciForwardDeploymentRollbackAllowed: flag(true, { onlyOn: "edit", ...server }),
  /** Whether pipelines of forks' merge requests may run here. @default true */
  ciAllowForkPipelinesToRunInParentProject: flag(true, { onlyOn: "edit", ...server }),
  /** Whether protected branches have separate caches. @default true */
  ciSeparatedCaches: flag(true, { onlyOn: "edit", ...server }),
  /** Who may set variables when starting a pipeline. @default "developer" */
  ciPipelineVariablesMinimumOverrideRole: field(
    z.enum(["no_one_allowed", "developer", "maintainer", "owner"]).optional(),
    { default: "developer", onlyOn: "edit", ...server },
  ),
  /**
   * Whether only maintainers may set variables when starting a pipeline. @deprecated Use
   * `ciPipelineVariablesMinimumOverrideRole`.
   */
  restrictUserDefinedVariables: flag(false, {
    onlyOn: "edit",
    replacedBy: "ciPipelineVariablesMinimumOverrideRole",
    fromReplaced: (role) => role !== "developer",
    deprecated: "use ciPipelineVariablesMinimumOverrideRole",
    ...server,
  }),
  /** Who may cancel pipelines and jobs. GitLab Premium. @default "developer" */
  ciRestrictPipelineCancellationRole: field(z.enum(["developer", "maintainer", "no_one"]).optional(), {
    default: "developer",
    onlyOn: "edit",
    ...server,
  }),
  /** Whether a job may push to the repository with its token. @default false */
  ciPushRepositoryForJobTokenAllowed: flag(false, { onlyOn: "edit", ...server }),
  /** Whether the page of a pipeline shows the variables that it was started with. GitLab 19.1 and later. @default false */
  ciDisplayPipelineVariables: flag(false, { onlyOn: "edit", ...server, since: "19.1" }),
  /**
   * Whether pipelines of merge requests get protected variables and runners, where both branches are protected. GitLab 18.10
   * and later. @default true
   */
  protectMergeRequestPipelines: flag(true, { onlyOn: "edit", ...server, since: "18.10" }),
  /**
   * Whether the project is in the CI/CD catalog. It needs a `description`, and the role Owner. GitLab 19.3 and later.
   * @default false
   */
  cicdCatalogEnabled: flag(false, { ...server, since: "19.3" }),
  /**
   * The components of the `sub` claim of ID tokens, `project_path` first. @default ["project_path", "ref_type", "ref"]
   */
  ciIdTokenSubClaimComponents: field(
    z
      .array(z.string())
      .refine((given) => given[0] === "project_path", "must begin with project_path")
      .optional(),
    { default: ["project_path", "ref_type", "ref"], onlyOn: "edit", ...server },
  ),
  /** After how many seconds pipelines are deleted: from a day, 86,400, to a year, 31,557,600. @default never */
  ciDeletePipelinesInSeconds: field(z.int().min(86_400).max(31_557_600).optional(), {
    default: null,
    onlyOn: "edit",
    ...server,
  }),
  /** The largest archive of artifacts, in MB. Administrators only. @default the setting of the group or instance */
  maxArtifactsSize: field(z.int().min(1).optional(), { default: null, onlyOn: "edit", ...server }),
  /** Whether a pipeline's trigger may approve its deployments. GitLab Premium. @default false */
  allowPipelineTriggerApproveDeployment: flag(false, { onlyOn: "edit" }),
};
