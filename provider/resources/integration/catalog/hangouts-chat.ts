import { chatEvents, defaultBranchField, notifyFields, webhook, workItemEvents } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The webhook of a Google Chat space: `https://chat.googleapis.com/v1/spaces/...`. A secret. */
  webhook: webhook(),
};

type GoogleChatFields = typeof notifyFields &
  typeof defaultBranchField &
  typeof chatEvents &
  typeof workItemEvents &
  typeof fields;

interface GoogleChatSettings extends IntegrationSettings<GoogleChatFields> {}
interface GoogleChatOutputs extends IntegrationOutputs<GoogleChatFields> {}

/** The arguments of {@link GoogleChat}. */
export type GoogleChatArgs = IntegrationArgs<GoogleChatSettings>;

const base: Integration<GoogleChatArgs, GoogleChatOutputs> = integration({
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
