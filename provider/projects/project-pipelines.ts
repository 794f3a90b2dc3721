import { z } from "zod";
import { field, flag, text } from "../fields";

const server = { source: "server" } as const;

function atLeast(least: number, byDefault: number | null, source: "documented" | "server" = "server") {
  return field(z.int().min(least).optional(), { default: byDefault, source });
}

/** How pipelines run. */
export const projectPipelineFields = {
  /** How jobs get the repository. @default "fetch" */
  buildGitStrategy: field(z.enum(["fetch", "clone"]).optional(), { default: "fetch" }),
  /** How long a job may run, in seconds. @default 3600 */
  buildTimeout: atLeast(600, 3600, "documented"),
  /** Whether a newer pipeline cancels the older ones of its branch. @default "enabled" */
  autoCancelPendingPipelines: field(z.enum(["disabled", "enabled"]).optional(), { default: "enabled" }),
  /** Where the pipeline is defined. @default "", which is `.gitlab-ci.yml` */
  ciConfigPath: text(),
  /** Whether all who see the project see its pipelines, and not members alone. @default true */
  publicJobs: flag(true, server),
  /** Whether all who see the project see its pipelines. @deprecated Use `publicJobs`. */
  publicBuilds: flag(true, { twin: "publicJobs", deprecated: "use publicJobs", shownAs: "public_jobs", ...server }),
  /** Whether the instance's runners may be used. @default true */
  sharedRunnersEnabled: flag(true, server),
  /** Whether the runners of the groups above may be used. @default true */
  groupRunnersEnabled: flag(true, server),
  /** In which order jobs of one resource group run. @default "unordered" */
  resourceGroupDefaultProcessMode: field(
    z.enum(["unordered", "oldest_first", "newest_first", "newest_ready_first"]).optional(),
    { default: "unordered", ...server },
  ),
  /** Whether Auto DevOps is on. @default what the group or instance says */
  autoDevopsEnabled: flag(false, { default: null }),
  /** How Auto DevOps deploys. @default "continuous" */
  autoDevopsDeployStrategy: field(z.enum(["continuous", "manual", "timed_incremental"]).optional(), {
    default: "continuous",
  }),
  /** How many revisions a job fetches; 0 is all. @default 20 */
  ciDefaultGitDepth: field(z.int().min(0).max(1000).optional(), { default: 20, takenBy: "edit", ...server }),
  /** Whether the newest artifacts of each branch are kept when they expire. @default true */
  keepLatestArtifact: flag(true, { takenBy: "edit", ...server }),
  /** Whether jobs that would deploy an older version are kept from running. @default true */
  ciForwardDeploymentEnabled: flag(true, { takenBy: "edit", ...server }),
  /** Whether a job may be run again to roll back. @default true */
  ciForwardDeploymentRollbackAllowed: flag(true, { takenBy: "edit", ...server }),
  /** Whether pipelines of forks' merge requests may run here. @default true */
  ciAllowForkPipelinesToRunInParentProject: flag(true, { takenBy: "edit", ...server }),
  /** Whether protected branches have caches of their own. @default true */
  ciSeparatedCaches: flag(true, { takenBy: "edit", ...server }),
  /** Who may give variables to a pipeline. @default "developer" */
  ciPipelineVariablesMinimumOverrideRole: field(
    z.enum(["no_one_allowed", "developer", "maintainer", "owner"]).optional(),
    { default: "developer", takenBy: "edit", ...server },
  ),
  /** Whether only maintainers may give variables to a pipeline. @deprecated Use `ciPipelineVariablesMinimumOverrideRole`. */
  restrictUserDefinedVariables: flag(false, {
    takenBy: "edit",
    twin: "ciPipelineVariablesMinimumOverrideRole",
    fromTwin: (role) => role !== "developer",
    deprecated: "use ciPipelineVariablesMinimumOverrideRole",
    ...server,
  }),
  /** Who may cancel pipelines and jobs. GitLab Premium. @default "developer" */
  ciRestrictPipelineCancellationRole: field(z.enum(["developer", "maintainer", "no_one"]).optional(), {
    default: "developer",
    takenBy: "edit",
    ...server,
  }),
  /** Whether a job may push to the repository with its token. @default false */
  ciPushRepositoryForJobTokenAllowed: flag(false, { takenBy: "edit", ...server }),
  /** What the `sub` claim of ID tokens is made of, `project_path` first. @default ["project_path", "ref_type", "ref"] */
  ciIdTokenSubClaimComponents: field(
    z
      .array(z.string())
      .refine((given) => given[0] === "project_path", "must begin with project_path")
      .optional(),
    { default: ["project_path", "ref_type", "ref"], takenBy: "edit", ...server },
  ),
  /** After how many seconds pipelines are deleted, at least 86,400, which is a day. @default never */
  ciDeletePipelinesInSeconds: field(z.int().min(86_400).optional(), { default: null, takenBy: "edit", ...server }),
  /** The largest archive of artifacts, in MB. Administrators only. @default what the group or instance says */
  maxArtifactsSize: field(z.int().min(1).optional(), { default: null, takenBy: "edit", ...server }),
  /** Whether a pipeline's trigger may approve its deployments. GitLab Premium. @default false */
  allowPipelineTriggerApproveDeployment: flag(false, { takenBy: "edit" }),
};
