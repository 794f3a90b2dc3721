import { field, flag, requiredText, secret, webUrl } from "../../../core/schema";
import { mergeRequests, pushes, tagPushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The URL of the pipeline: `https://buildkite.com/acme/shop`. */
  projectUrl: field(webUrl(), { clearsSecrets: true }),
  /** The token that Buildkite issues for a pipeline with a GitLab repository. A secret. */
  token: secret(requiredText()),
  /** Whether the certificate of the server must be valid. @deprecated remove it: GitLab always demands a valid certificate */
  enableSslVerification: flag(true, {
    access: "ignored",
    deprecated: "remove it, since GitLab always demands a valid certificate",
  }),
};

type BuildkiteFields = typeof pushes & typeof mergeRequests & typeof tagPushes & typeof fields;

interface BuildkiteSettings extends IntegrationSettings<BuildkiteFields> {}
interface BuildkiteOutputs extends IntegrationOutputs<BuildkiteFields> {}

/** The arguments of {@link Buildkite}. */
export type BuildkiteArgs = IntegrationArgs<BuildkiteSettings>;

const base: Integration<BuildkiteArgs, BuildkiteOutputs> = integration({
  name: "Buildkite",
  slug: "buildkite",
  fields: { ...pushes, ...mergeRequests, ...tagPushes, ...fields },
});

/**
 * Buildkite (`buildkite`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#buildkite
 *
 * @example
 * ```ts
 * new gitlab.integrations.Buildkite("buildkite", {
 *   project: "acme/shop",
 *   projectUrl: "https://buildkite.com/acme/shop",
 *   token: config.requireSecret("buildkiteToken"),
 * });
 * ```
 */
export class Buildkite extends base {}
