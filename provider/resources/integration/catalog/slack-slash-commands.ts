import { requiredText, secret } from "../../../core/schema";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The token that Slack shows for the slash command. A secret. */
  token: secret(requiredText()),
};

interface SlackSlashCommandsSettings extends IntegrationSettings<typeof fields> {}
interface SlackSlashCommandsOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link SlackSlashCommands}. */
export type SlackSlashCommandsArgs = IntegrationArgs<SlackSlashCommandsSettings>;

const base: Integration<SlackSlashCommandsArgs, SlackSlashCommandsOutputs> = integration({
  name: "SlackSlashCommands",
  slug: "slack-slash-commands",
  removedIn: "19.0",
  fields,
});

/**
 * Slack slash commands (`slack-slash-commands`). GitLab 19.0 removed them, and earlier versions do not offer them if
 * the GitLab for Slack app is enabled.
 *
 * In both cases, creating one fails with status 404, a refresh removes it from state, and deleting it succeeds.
 *
 * @deprecated Use {@link GitlabSlackApplication}: the GitLab for Slack app has its own slash commands.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#slack-slash-commands
 *
 * @example
 * ```ts
 * new gitlab.integrations.SlackSlashCommands("commands", {
 *   project: "acme/shop",
 *   token: config.requireSecret("slackCommandToken"),
 * });
 * ```
 */
export class SlackSlashCommands extends base {}
