import { requiredText, secret } from "../../../core/schema";
import { integration, type Integration, type IntegrationArgs } from "../factory";

const fields = {
  /** The token that Mattermost shows for the slash command. A secret. */
  token: secret(requiredText()),
};

/** The arguments of {@link MattermostSlashCommands}. */
export type MattermostSlashCommandsArgs = IntegrationArgs<typeof fields>;

const base: Integration<typeof fields> = integration({
  name: "MattermostSlashCommands",
  slug: "mattermost-slash-commands",
  fields,
});

/**
 * Mattermost slash commands (`mattermost-slash-commands`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#mattermost-slash-commands
 *
 * @example
 * ```ts
 * new gitlab.integrations.MattermostSlashCommands("commands", {
 *   project: "acme/shop",
 *   token: config.requireSecret("mattermostCommandToken"),
 * });
 * ```
 */
export class MattermostSlashCommands extends base {}
