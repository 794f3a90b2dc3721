import { flag } from "../../../core/schema";
import { channels, operationChannels, slackKinFields, workItemEvents } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

// The events of the app are all off until they are switched on, unlike those of the other chat integrations.
const fields = {
  /** Notifies of pushes. @default false */
  pushEvents: flag(false),
  /** Notifies of new tags. @default false */
  tagPushEvents: flag(false),
  /** Notifies of issues. @default false */
  issuesEvents: flag(false),
  /** Notifies of confidential issues. @default false */
  confidentialIssuesEvents: flag(false),
  /** Notifies of merge requests. @default false */
  mergeRequestsEvents: flag(false),
  /** Notifies of comments. @default false */
  noteEvents: flag(false),
  /** Notifies of confidential comments. @default false */
  confidentialNoteEvents: flag(false),
  /** Notifies of pipelines. @default false */
  pipelineEvents: flag(false),
  /** Notifies of wiki pages. @default false */
  wikiPageEvents: flag(false),
  /** Notifies of alerts. @default false */
  alertEvents: flag(false),
  /** The channel for alerts. Up to 10, separated by commas. */
  alertChannel: channels(),
  /** Notifies of deployments. @default false */
  deploymentEvents: flag(false),
  /** Notifies of incidents. @default false */
  incidentEvents: flag(false),
  /** Notifies of vulnerabilities. GitLab Ultimate. @default false */
  vulnerabilityEvents: flag(false),
  /** The channel for vulnerabilities. Up to 10, separated by commas. */
  vulnerabilityChannel: channels(),
};

type GitlabSlackApplicationFields = typeof slackKinFields &
  typeof operationChannels &
  typeof workItemEvents &
  typeof fields;

interface GitlabSlackApplicationSettings extends IntegrationSettings<GitlabSlackApplicationFields> {}
interface GitlabSlackApplicationOutputs extends IntegrationOutputs<GitlabSlackApplicationFields> {}

/** The arguments of {@link GitlabSlackApplication}. */
export type GitlabSlackApplicationArgs = IntegrationArgs<GitlabSlackApplicationSettings>;

const base: Integration<GitlabSlackApplicationArgs, GitlabSlackApplicationOutputs> = integration({
  name: "GitlabSlackApplication",
  slug: "gitlab-slack-application",
  fields: { ...slackKinFields, ...operationChannels, ...workItemEvents, ...fields },
  installation:
    'Install the GitLab for Slack app first, in GitLab under "Settings > Integrations > GitLab for Slack app" of the ' +
    "project or group; this resource then manages its settings.",
});

/**
 * GitLab for Slack app (`gitlab-slack-application`).
 *
 * Manages the settings of an installed app: the API cannot install it. Destroying the resource disables the app. To
 * enable it again, install it by hand.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#gitlab-for-slack-app
 *
 * @example
 * ```ts
 * new gitlab.integrations.GitlabSlackApplication("slack-app", {
 *   project: "acme/shop",
 *   channel: "#shop",
 *   branchesToBeNotified: "protected",
 * });
 * ```
 */
export class GitlabSlackApplication extends base {}
