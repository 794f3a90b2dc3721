import { z } from "zod";
import { flag, secret } from "../../../core/schema";
import { chatEvents, notifyFields, workItemEvents } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

function discordUrl() {
  return z
    .string()
    .refine(
      (given) => /^https:\/\/discord\.com\/\S+$/.test(given),
      "must be a webhook of Discord: https://discord.com/api/webhooks/...",
    );
}

/** A webhook of its own for one event. */
function channel() {
  return secret(discordUrl().optional());
}

const fields = {
  /** The webhook of a Discord channel. A secret. */
  webhook: secret(discordUrl()),
  /** Notifies of deployments. @default false */
  deploymentEvents: flag(false),
  /** A webhook for pushes. A secret. */
  pushChannel: channel(),
  /** A webhook for new tags. A secret. */
  tagPushChannel: channel(),
  /** A webhook for issues. A secret. */
  issueChannel: channel(),
  /** A webhook for confidential issues. A secret. */
  confidentialIssueChannel: channel(),
  /** A webhook for merge requests. A secret. */
  mergeRequestChannel: channel(),
  /** A webhook for comments. A secret. */
  noteChannel: channel(),
  /** A webhook for confidential comments. A secret. */
  confidentialNoteChannel: channel(),
  /** A webhook for pipelines. A secret. */
  pipelineChannel: channel(),
  /** A webhook for wiki pages. A secret. */
  wikiPageChannel: channel(),
  /** A webhook for deployments. A secret. */
  deploymentChannel: channel(),
  /** Documented, but servers ignore it. */
  groupMentionsEvents: flag(false, { access: "ignored" }),
  /** Documented, but servers ignore it. A secret. */
  groupMentionsChannel: secret(discordUrl().optional(), { access: "ignored" }),
  /** Documented, but servers ignore it. */
  groupConfidentialMentionsEvents: flag(false, { access: "ignored" }),
  /** Documented, but servers ignore it. A secret. */
  groupConfidentialMentionsChannel: secret(discordUrl().optional(), { access: "ignored" }),
};

type DiscordFields = typeof notifyFields & typeof chatEvents & typeof workItemEvents & typeof fields;

interface DiscordSettings extends IntegrationSettings<DiscordFields> {}
interface DiscordOutputs extends IntegrationOutputs<DiscordFields> {}

/** The arguments of {@link Discord}. */
export type DiscordArgs = IntegrationArgs<DiscordSettings>;

const base: Integration<DiscordArgs, DiscordOutputs> = integration({
  name: "Discord",
  slug: "discord",
  fields: { ...notifyFields, ...chatEvents, ...workItemEvents, ...fields },
});

/**
 * Discord notifications (`discord`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#discord-notifications
 *
 * @example
 * ```ts
 * new gitlab.integrations.Discord("discord", {
 *   project: "acme/shop",
 *   webhook: config.requireSecret("discordWebhook"),
 *   branchesToBeNotified: "default_and_protected",
 * });
 * ```
 */
export class Discord extends base {}
