import { webUrl } from "../../../core/schema";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The URL of the wiki. */
  externalWikiUrl: webUrl(),
};

interface ExternalWikiSettings extends IntegrationSettings<typeof fields> {}
interface ExternalWikiOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link ExternalWiki}. */
export type ExternalWikiArgs = IntegrationArgs<ExternalWikiSettings>;

const base: Integration<ExternalWikiArgs, ExternalWikiOutputs> = integration({
  name: "ExternalWiki",
  slug: "external-wiki",
  fields,
});

/**
 * External wiki (`external-wiki`), linked from a project's sidebar. GitLab's wiki stays enabled until you disable it.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#external-wiki
 *
 * @example
 * ```ts
 * new gitlab.integrations.ExternalWiki("wiki", {
 *   project: "acme/shop",
 *   externalWikiUrl: "https://wiki.acme.example/shop",
 * });
 * ```
 */
export class ExternalWiki extends base {}
