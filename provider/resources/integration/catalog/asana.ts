import { requiredText, secret, text } from "../../../core/schema";
import { undocumentedPushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The API token of a user who can reach the tasks; comments appear in that user's name. A secret. */
  apiKey: secret(requiredText()),
  /** The branches whose commits are checked, separated by commas. By default, all branches. */
  restrictToBranch: text(),
};

type AsanaFields = typeof undocumentedPushes & typeof fields;

interface AsanaSettings extends IntegrationSettings<AsanaFields> {}
interface AsanaOutputs extends IntegrationOutputs<AsanaFields> {}

/** The arguments of {@link Asana}. */
export type AsanaArgs = IntegrationArgs<AsanaSettings>;

const base: Integration<AsanaArgs, AsanaOutputs> = integration({
  name: "Asana",
  slug: "asana",
  fields: { ...undocumentedPushes, ...fields },
});

/**
 * Asana (`asana`): commit messages become comments on tasks.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#asana
 *
 * @example
 * ```ts
 * new gitlab.integrations.Asana("asana", {
 *   project: "acme/shop",
 *   apiKey: config.requireSecret("asanaApiKey"),
 *   restrictToBranch: "main",
 * });
 * ```
 */
export class Asana extends base {}
