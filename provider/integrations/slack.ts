import { flag, text } from "../fields";
import { chatChannels, chatEvents, labelFields, notifyFields, webhook } from "./chat";
import { integration, type Integration, type IntegrationArgs } from "./integration";

const fields = {
  /** The incoming webhook of a Slack workspace: `https://hooks.slack.com/services/...`. A secret. */
  webhook: webhook(),
  /** The name under which the messages appear. */
  username: text(),
  /** The channel for events that have none of their own. */
  channel: text(),
  /** Notifies of alerts. @default true */
  alertEvents: flag(true),
  /** The channel for alerts. */
  alertChannel: text(),
  /** Notifies of deployments. @default false */
  deploymentEvents: flag(false),
  /** The channel for deployments. */
  deploymentChannel: text(),
  /** Notifies of incidents. @default false */
  incidentEvents: flag(false),
  /** The channel for incidents. */
  incidentChannel: text(),
  /** Notifies of vulnerabilities. GitLab Ultimate. @default false */
  vulnerabilityEvents: flag(false, { source: "server" }),
  /** The channel for vulnerabilities. */
  vulnerabilityChannel: text({ source: "server" }),
  /** Documented, but servers drop it. */
  commitEvents: flag(true, { access: "ignored" }),
  /** Documented, but servers drop it. */
  jobEvents: flag(true, { access: "ignored" }),
  /** @deprecated use `branchesToBeNotified` */
  notifyOnlyDefaultBranch: flag(false, { access: "ignored", deprecated: "use branchesToBeNotified" }),
};

type SlackFields = typeof notifyFields & typeof labelFields & typeof chatEvents & typeof chatChannels & typeof fields;

/** The arguments of {@link Slack}. */
export type SlackArgs = IntegrationArgs<SlackFields>;

const base: Integration<SlackFields> = integration({
  name: "Slack",
  slug: "slack",
  fields: { ...notifyFields, ...labelFields, ...chatEvents, ...chatChannels, ...fields },
});

/**
 * Slack notifications (`slack`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#slack-notifications
 */
export class Slack extends base {}
