import { chatEvents, lessDocumentedNotifyFields, webhook, workItemEvents } from "../chat";
import { integration, type Integration, type IntegrationArgs } from "../factory";

const fields = {
  /** The webhook of a Webex space: `https://api.ciscospark.com/v1/webhooks/incoming/...`. A secret. */
  webhook: webhook(),
};

type WebexTeamsFields = typeof lessDocumentedNotifyFields & typeof chatEvents & typeof workItemEvents & typeof fields;

/** The arguments of {@link WebexTeams}. */
export type WebexTeamsArgs = IntegrationArgs<WebexTeamsFields>;

const base: Integration<WebexTeamsFields> = integration({
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
