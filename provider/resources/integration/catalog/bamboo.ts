import { field, flag, requiredText, secret, webUrl } from "../../../core/schema";
import { undocumentedPushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The URL of the Bamboo server: `https://bamboo.example.com`. */
  bambooUrl: field(webUrl(), { clearsSecrets: true }),
  /** The key of the build plan. GitLab does not return it. A secret. */
  buildKey: secret(requiredText()),
  /** A user with access to Bamboo's API. */
  username: requiredText(),
  /** That user's password. A secret. */
  password: secret(requiredText()),
  /** Whether the certificate of the server must be valid. @default true */
  enableSslVerification: flag(true),
};

type BambooFields = typeof undocumentedPushes & typeof fields;

interface BambooSettings extends IntegrationSettings<BambooFields> {}
interface BambooOutputs extends IntegrationOutputs<BambooFields> {}

/** The arguments of {@link Bamboo}. */
export type BambooArgs = IntegrationArgs<BambooSettings>;

const base: Integration<BambooArgs, BambooOutputs> = integration({
  name: "Bamboo",
  slug: "bamboo",
  fields: { ...undocumentedPushes, ...fields },
});

/**
 * Atlassian Bamboo (`bamboo`). Bamboo itself needs revision labels and a repository trigger.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#atlassian-bamboo
 *
 * @example
 * ```ts
 * new gitlab.integrations.Bamboo("bamboo", {
 *   project: "acme/shop",
 *   bambooUrl: "https://bamboo.acme.example",
 *   buildKey: config.requireSecret("bambooBuildKey"),
 *   username: "gitlab",
 *   password: config.requireSecret("bambooPassword"),
 * });
 * ```
 */
export class Bamboo extends base {}
