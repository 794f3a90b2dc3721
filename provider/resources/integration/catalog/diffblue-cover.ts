import { requiredText, secret } from "../../../core/schema";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The license key of Diffblue Cover. A secret. */
  diffblueLicenseKey: secret(requiredText(), { clearsSecrets: true }),
  /** The name of the GitLab access token that Diffblue Cover uses in pipelines. */
  diffblueAccessTokenName: requiredText(),
  /** That access token itself. A secret. */
  diffblueAccessTokenSecret: secret(requiredText()),
};

interface DiffblueCoverSettings extends IntegrationSettings<typeof fields> {}
interface DiffblueCoverOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link DiffblueCover}. */
export type DiffblueCoverArgs = IntegrationArgs<DiffblueCoverSettings>;

const base: Integration<DiffblueCoverArgs, DiffblueCoverOutputs> = integration({
  name: "DiffblueCover",
  slug: "diffblue-cover",
  fields,
});

/**
 * Diffblue Cover (`diffblue-cover`), which writes unit tests for Java.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#diffblue-cover
 *
 * @example
 * ```ts
 * new gitlab.integrations.DiffblueCover("diffblue", {
 *   project: "acme/shop",
 *   diffblueLicenseKey: config.requireSecret("diffblueLicenseKey"),
 *   diffblueAccessTokenName: "diffblue",
 *   diffblueAccessTokenSecret: config.requireSecret("diffblueAccessToken"),
 * });
 * ```
 */
export class DiffblueCover extends base {}
