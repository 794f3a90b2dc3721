import { field, flag, requiredText, secret, webUrl } from "../../../core/schema";
import {
  projectIntegration,
  type Integration,
  type ProjectIntegrationArgs,
  type ProjectIntegrationOutputs,
} from "../factory";

const fields = {
  /** A token of GitHub's API with the scope `repo:status`. A secret. */
  token: secret(requiredText()),
  /** The URL of the repository on GitHub: `https://github.com/acme/shop`. */
  repositoryUrl: field(webUrl(), { clearsSecrets: true }),
  /** Appends the host of this GitLab to the name of a status check, instead of the branch. @default true */
  staticContext: flag(true),
  /** Reports the status of pipelines. @default true */
  pipelineEvents: flag(true, { source: "server" }),
};

/** The arguments of {@link GitHub}. */
export interface GitHubArgs extends ProjectIntegrationArgs<typeof fields> {}
interface GitHubOutputs extends ProjectIntegrationOutputs<typeof fields> {}

const base: Integration<GitHubArgs, GitHubOutputs> = projectIntegration({
  name: "GitHub",
  slug: "github",
  offeredOnly: "in the Enterprise Edition",
  fields,
});

/**
 * GitHub (`github`), on projects only: pipelines report their status to the repository that is mirrored here.
 * GitLab Premium.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#github
 *
 * @example
 * ```ts
 * new gitlab.integrations.GitHub("github", {
 *   project: "acme/shop",
 *   repositoryUrl: "https://github.com/acme/shop",
 *   token: config.requireSecret("githubToken"),
 * });
 * ```
 */
export class GitHub extends base {}
