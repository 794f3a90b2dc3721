import { flag, text } from "../../../core/schema";
import { channels, chatEvents, operationChannels, slackKinFields, webhook, workItemEvents } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The incoming webhook of a Slack workspace: `https://hooks.slack.com/services/...`. A secret. */
  webhook: webhook(),
  /** The name under which the messages appear. */
  username: text(),
  /** Notifies of alerts. @default true */
  alertEvents: flag(true),
  /** The channel for alerts. Up to 10, separated by commas. */
  alertChannel: channels(),
  /** Notifies of deployments. @default false */
  deploymentEvents: flag(false),
  /** Notifies of incidents. @default false */
  incidentEvents: flag(false),
  /** Notifies of vulnerabilities. GitLab Ultimate. @default false */
  vulnerabilityEvents: flag(false, { source: "server" }),
  /** The channel for vulnerabilities. Up to 10, separated by commas. */
  vulnerabilityChannel: channels({ source: "server" }),
  /** Documented, but servers ignore it. */
  commitEvents: flag(true, { access: "ignored" }),
  /** Documented, but servers ignore it. */
  jobEvents: flag(true, { access: "ignored" }),
};

type SlackFields = typeof slackKinFields &
  typeof operationChannels &
  typeof chatEvents &
  typeof workItemEvents &
  typeof fields;

interface SlackSettings extends IntegrationSettings<SlackFields> {}
interface SlackOutputs extends IntegrationOutputs<SlackFields> {}

/** The arguments of {@link Slack}. */
export type SlackArgs = IntegrationArgs<SlackSettings>;

const base: Integration<SlackArgs, SlackOutputs> = integration({
  name: "Slack",
  slug: "slack",
  fields: { ...slackKinFields, ...operationChannels, ...chatEvents, ...workItemEvents, ...fields },
});

/**
 * Slack notifications (`slack`), which GitLab has deprecated and will remove.
 *
 * @deprecated Use {@link GitlabSlackApplication}: the GitLab for Slack app replaces webhooks.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#slack-notifications
 *
 * @example
 * ```ts
 * new gitlab.integrations.Slack("alerts", {
 *   project: "acme/shop",
 *   webhook: config.requireSecret("slackWebhook"),
 *   branchesToBeNotified: "default_and_protected",
 *   pipelineEvents: true,
 *   pipelineChannel: "#pipelines",
 * });
 * ```
 */
export class Slack extends base {}
