import { requiredText, secret } from "../../../core/schema";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The token that Mattermost shows for the slash command. A secret. */
  token: secret(requiredText()),
};

interface MattermostSlashCommandsSettings extends IntegrationSettings<typeof fields> {}
interface MattermostSlashCommandsOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link MattermostSlashCommands}. */
export type MattermostSlashCommandsArgs = IntegrationArgs<MattermostSlashCommandsSettings>;

const base: Integration<MattermostSlashCommandsArgs, MattermostSlashCommandsOutputs> = integration({
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
