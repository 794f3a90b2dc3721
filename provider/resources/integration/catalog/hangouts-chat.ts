import { chatEvents, defaultBranchField, notifyFields, webhook, workItemEvents } from "../chat";
import { integration, type Integration, type IntegrationArgs } from "../factory";

const fields = {
  /** The webhook of a Google Chat space: `https://chat.googleapis.com/v1/spaces/...`. A secret. */
  webhook: webhook(),
};

type GoogleChatFields = typeof notifyFields &
  typeof defaultBranchField &
  typeof chatEvents &
  typeof workItemEvents &
  typeof fields;

/** The arguments of {@link GoogleChat}. */
export type GoogleChatArgs = IntegrationArgs<GoogleChatFields>;

const base: Integration<GoogleChatFields> = integration({
  name: "GoogleChat",
  slug: "hangouts-chat",
  fields: { ...notifyFields, ...defaultBranchField, ...chatEvents, ...workItemEvents, ...fields },
});

/**
 * Google Chat, formerly Hangouts Chat (`hangouts-chat`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#google-chat
 *
 * @example
 * ```ts
 * new gitlab.integrations.GoogleChat("chat", {
 *   project: "acme/shop",
 *   webhook: config.requireSecret("googleChatWebhook"),
 *   branchesToBeNotified: "default",
 * });
 * ```
 */
export class GoogleChat extends base {}
