import { webUrl } from "../../../core/schema";
import { parseUrl } from "../../../core/parse-url";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

function isCloudWorkspace(given: string): boolean {
  const url = parseUrl(given);
  if (!url) return false;
  return /^.+\.atlassian\.net$/.test(url.hostname) && /^\/wiki(\/|$)/.test(url.pathname);
}

const fields = {
  /** The URL of a Confluence Cloud workspace: `https://example.atlassian.net/wiki`. */
  confluenceUrl: webUrl().refine(
    isCloudWorkspace,
    "must be a Confluence Cloud workspace: https://example.atlassian.net/wiki",
  ),
};

interface ConfluenceSettings extends IntegrationSettings<typeof fields> {}
interface ConfluenceOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link Confluence}. */
export type ConfluenceArgs = IntegrationArgs<ConfluenceSettings>;

const base: Integration<ConfluenceArgs, ConfluenceOutputs> = integration({
  name: "Confluence",
  slug: "confluence",
  fields,
});

/**
 * Confluence Workspace (`confluence`), in place of a project's wiki.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#confluence-workspace
 *
 * @example
 * ```ts
 * new gitlab.integrations.Confluence("confluence", {
 *   project: "acme/shop",
 *   confluenceUrl: "https://acme.atlassian.net/wiki",
 * });
 * ```
 */
export class Confluence extends base {}
