import { z } from "zod";
import { field, flag, secret, webUrl } from "../../../core/schema";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The URL of Squash TM's webhook. When it changes, GitLab deletes a token that is not sent with it. */
  url: field(webUrl(), { clearsSecrets: true }),
  /** The token that Squash TM expects. At most 255 characters. A secret. */
  token: secret(z.string().max(255).optional()),
  /** Reports issues. @default true */
  issuesEvents: flag(true, { source: "server" }),
  /** Reports confidential issues. @default true */
  confidentialIssuesEvents: flag(true, { source: "server" }),
};

interface SquashTmSettings extends IntegrationSettings<typeof fields> {}
interface SquashTmOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link SquashTm}. */
export type SquashTmArgs = IntegrationArgs<SquashTmSettings>;

const base: Integration<SquashTmArgs, SquashTmOutputs> = integration({ name: "SquashTm", slug: "squash-tm", fields });

/**
 * Squash TM (`squash-tm`): requirements there are updated from GitLab's issues.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#squash-tm
 *
 * @example
 * ```ts
 * new gitlab.integrations.SquashTm("squash", {
 *   project: "acme/shop",
 *   url: "https://squash.acme.example/squash/gitlab/integration/issue",
 *   token: config.requireSecret("squashToken"),
 * });
 * ```
 */
export class SquashTm extends base {}
