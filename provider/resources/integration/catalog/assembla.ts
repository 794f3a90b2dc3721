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
  /** The token for signing in to Assembla. A secret. */
  token: secret(requiredText()),
  /** The name of the space in Assembla. */
  subdomain: text({ clearsSecrets: true }),
};

type AssemblaFields = typeof undocumentedPushes & typeof fields;

interface AssemblaSettings extends IntegrationSettings<AssemblaFields> {}
interface AssemblaOutputs extends IntegrationOutputs<AssemblaFields> {}

/** The arguments of {@link Assembla}. */
export type AssemblaArgs = IntegrationArgs<AssemblaSettings>;

const base: Integration<AssemblaArgs, AssemblaOutputs> = integration({
  name: "Assembla",
  slug: "assembla",
  fields: { ...undocumentedPushes, ...fields },
});

/**
 * Assembla (`assembla`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#assembla
 *
 * @example
 * ```ts
 * new gitlab.integrations.Assembla("assembla", {
 *   project: "acme/shop",
 *   token: config.requireSecret("assemblaToken"),
 *   subdomain: "acme",
 * });
 * ```
 */
export class Assembla extends base {}
