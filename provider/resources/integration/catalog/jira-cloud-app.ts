import { z } from "zod";
import { entriesIn } from "../../../core/codecs";
import { field, flag } from "../../../core/schema";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

/** The most services that GitLab takes. */
const mostServices = 100;
const tiers = ["production", "staging", "testing", "development"];

const serviceIds = z
  .string()
  .refine(
    (given) => /^[A-Za-z0-9=,:]*$/.test(given),
    "must be IDs of letters, digits, = and :, with commas and no spaces between",
  )
  .refine((given) => given.split(",").length <= mostServices, `must name at most ${mostServices} services`);

// GitLab drops the spaces and repetitions.
function namesIn(given: string): string[] {
  const names = given.split(",").map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))];
}

const environments = z
  .string()
  .refine(
    (given) => namesIn(given).every((name) => tiers.includes(name)),
    `must be some of ${tiers.join(", ")}, separated by commas`,
  );

const fields = {
  /**
   * Uses the settings of the parent group or of the instance. The other arguments then have no effect. @default false
   */
  useInheritedSettings: flag(false, { source: "server", alwaysManaged: true }),
  /** The IDs of services of Jira Service Management, separated by commas. At most 100. */
  jiraCloudAppServiceIds: field(serviceIds.optional(), {}),
  /** Allows Jira Service Management to approve or reject waiting deployments. @default false */
  jiraCloudAppEnableDeploymentGating: flag(false),
  /** Which environments wait: production, staging, testing, development, separated by commas. Required with gating. */
  jiraCloudAppDeploymentGatingEnvironments: field(environments.optional(), {
    codec: entriesIn(namesIn),
  }),
};

interface JiraCloudAppSettings extends IntegrationSettings<typeof fields> {}
interface JiraCloudAppOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link JiraCloudApp}. */
export type JiraCloudAppArgs = IntegrationArgs<JiraCloudAppSettings>;

const base: Integration<JiraCloudAppArgs, JiraCloudAppOutputs> = integration({
  name: "JiraCloudApp",
  slug: "jira-cloud-app",
  fields,
  rules: (args, report) => {
    const names = "jiraCloudAppDeploymentGatingEnvironments";
    const isGated = args.known("jiraCloudAppEnableDeploymentGating") === true;
    if (isGated && (!args.given(names) || args.known(names) === "")) {
      report(names, "is required with jiraCloudAppEnableDeploymentGating");
    }
  },
  installation:
    "Install the GitLab for Jira Cloud app in Jira first and link the group there; this resource then manages its settings.",
  undeletable: "kept: GitLab's API cannot disable the GitLab for Jira Cloud app. Unlink the group in the app in Jira.",
});

/**
 * GitLab for Jira Cloud app (`jira-cloud-app`).
 *
 * Manages the settings of an app that is linked to a group in Jira. The API can neither set it up nor disable it, so
 * destroying the resource does not change it.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#gitlab-for-jira-cloud-app
 *
 * @example
 * ```ts
 * new gitlab.integrations.JiraCloudApp("jira-app", {
 *   project: "acme/shop",
 *   jiraCloudAppEnableDeploymentGating: true,
 *   jiraCloudAppDeploymentGatingEnvironments: "production,staging",
 * });
 * ```
 */
export class JiraCloudApp extends base {}
