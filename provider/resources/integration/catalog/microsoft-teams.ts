import { chatEvents, defaultBranchField, notifyFields, webhook, workItemEvents } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The webhook of a Microsoft Teams channel or workflow: `https://example.webhook.office.com/...`. A secret. */
  webhook: webhook(),
};

type MicrosoftTeamsFields = typeof notifyFields &
  typeof defaultBranchField &
  typeof chatEvents &
  typeof workItemEvents &
  typeof fields;

interface MicrosoftTeamsSettings extends IntegrationSettings<MicrosoftTeamsFields> {}
interface MicrosoftTeamsOutputs extends IntegrationOutputs<MicrosoftTeamsFields> {}

/** The arguments of {@link MicrosoftTeams}. */
export type MicrosoftTeamsArgs = IntegrationArgs<MicrosoftTeamsSettings>;

const base: Integration<MicrosoftTeamsArgs, MicrosoftTeamsOutputs> = integration({
  name: "MicrosoftTeams",
  slug: "microsoft-teams",
  fields: { ...notifyFields, ...defaultBranchField, ...chatEvents, ...workItemEvents, ...fields },
});

/**
 * Microsoft Teams notifications (`microsoft-teams`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#microsoft-teams-notifications
 *
 * @example
 * ```ts
 * new gitlab.integrations.MicrosoftTeams("teams", {
 *   project: "acme/shop",
 *   webhook: config.requireSecret("teamsWebhook"),
 *   pipelineEvents: true,
 *   notifyOnlyBrokenPipelines: true,
 * });
 * ```
 */
export class MicrosoftTeams extends base {}
