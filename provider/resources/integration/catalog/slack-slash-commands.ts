import { requiredText, secret } from "../../../core/schema";
import { integration, type Integration, type IntegrationArgs } from "../factory";

const fields = {
  /** The token that Slack shows for the slash command. A secret. */
  token: secret(requiredText()),
};

/** The arguments of {@link SlackSlashCommands}. */
export type SlackSlashCommandsArgs = IntegrationArgs<typeof fields>;

const base: Integration<typeof fields> = integration({
  name: "SlackSlashCommands",
  slug: "slack-slash-commands",
  removedIn: "19.0",
  fields,
});

/**
 * Slack slash commands (`slack-slash-commands`). GitLab 19.0 has removed them, and earlier ones do not offer them where the
 * GitLab for Slack app is switched on.
 *
 * There, making one fails with status 404, a refresh lets one in the state go, and deleting it succeeds.
 *
 * @deprecated Use {@link GitlabSlackApplication}: the GitLab for Slack app has slash commands of its own.
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
