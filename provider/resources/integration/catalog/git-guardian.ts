import { requiredText, secret } from "../../../core/schema";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** A token of GitGuardian's API with the scope `scan`. A secret. */
  token: secret(requiredText()),
};

interface GitGuardianSettings extends IntegrationSettings<typeof fields> {}
interface GitGuardianOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link GitGuardian}. */
export type GitGuardianArgs = IntegrationArgs<GitGuardianSettings>;

const base: Integration<GitGuardianArgs, GitGuardianOutputs> = integration({
  name: "GitGuardian",
  slug: "git-guardian",
  offeredOnly: "in the Enterprise Edition",
  fields,
});

/**
 * GitGuardian (`git-guardian`), which scans pushes for credentials and rejects pushes that violate its policies. It
 * needs the Enterprise Edition of GitLab.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#gitguardian
 *
 * @example
 * ```ts
 * new gitlab.integrations.GitGuardian("gitguardian", {
 *   project: "acme/shop",
 *   token: config.requireSecret("gitGuardianToken"),
 * });
 * ```
 */
export class GitGuardian extends base {}
