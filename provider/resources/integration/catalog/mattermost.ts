import { fieldsWith, flag, text } from "../../../core/schema";
import {
  channels,
  chatEvents,
  operationChannels,
  slackKinFields,
  undocumentedEvents,
  webhook,
  workItemEvents,
} from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The incoming webhook of a Mattermost server: `https://mattermost.example.com/hooks/...`. A secret. */
  webhook: webhook(),
  /** The name under which the messages appear. */
  username: text(),
  /** Notifies of deployments. @default false */
  deploymentEvents: flag(false, { source: "server" }),
  /**
   * The channel for alerts. Up to 10, separated by commas. GitLab 19.5 and later; older versions return a server error.
   */
  alertChannel: channels({ source: "server", since: "19.5" }),
  /** The channel for vulnerabilities. Up to 10, separated by commas. */
  vulnerabilityChannel: channels({ source: "server" }),
};

const undocumentedChannels: typeof operationChannels = fieldsWith(operationChannels, { source: "server" });

type MattermostFields = typeof slackKinFields &
  typeof operationChannels &
  typeof chatEvents &
  typeof workItemEvents &
  typeof undocumentedEvents &
  typeof fields;

interface MattermostSettings extends IntegrationSettings<MattermostFields> {}
interface MattermostOutputs extends IntegrationOutputs<MattermostFields> {}

/** The arguments of {@link Mattermost}. */
export type MattermostArgs = IntegrationArgs<MattermostSettings>;

const base: Integration<MattermostArgs, MattermostOutputs> = integration({
  name: "Mattermost",
  slug: "mattermost",
  fields: {
    ...slackKinFields,
    ...undocumentedChannels,
    ...chatEvents,
    ...workItemEvents,
    ...undocumentedEvents,
    ...fields,
  },
});

/**
 * Mattermost notifications (`mattermost`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#mattermost-notifications
 *
 * @example
 * ```ts
 * new gitlab.integrations.Mattermost("mattermost", {
 *   project: "acme/shop",
 *   webhook: config.requireSecret("mattermostWebhook"),
 *   channel: "shop",
 *   username: "GitLab",
 * });
 * ```
 */
export class Mattermost extends base {}
