import { chatEvents, lessDocumentedNotifyFields, webhook, workItemEvents } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The webhook of a Webex space: `https://api.ciscospark.com/v1/webhooks/incoming/...`. A secret. */
  webhook: webhook(),
};

type WebexTeamsFields = typeof lessDocumentedNotifyFields & typeof chatEvents & typeof workItemEvents & typeof fields;

interface WebexTeamsSettings extends IntegrationSettings<WebexTeamsFields> {}
interface WebexTeamsOutputs extends IntegrationOutputs<WebexTeamsFields> {}

/** The arguments of {@link WebexTeams}. */
export type WebexTeamsArgs = IntegrationArgs<WebexTeamsSettings>;

const base: Integration<WebexTeamsArgs, WebexTeamsOutputs> = integration({
  name: "WebexTeams",
  slug: "webex-teams",
  fields: { ...lessDocumentedNotifyFields, ...chatEvents, ...workItemEvents, ...fields },
});

/**
 * Webex Teams (`webex-teams`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#webex-teams
 *
 * @example
 * ```ts
 * new gitlab.integrations.WebexTeams("webex", {
 *   project: "acme/shop",
 *   webhook: config.requireSecret("webexWebhook"),
 *   branchesToBeNotified: "default",
 * });
 * ```
 */
export class WebexTeams extends base {}
