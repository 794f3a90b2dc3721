import { requiredText } from "../../../core/schema";
import {
  projectIntegration,
  type Integration,
  type ProjectIntegrationArgs,
  type ProjectIntegrationOutputs,
} from "../factory";

const fields = {
  /** The ID of the Google Cloud project. */
  artifactRegistryProjectId: requiredText(),
  /** Where the repository is: `us-east1`. */
  artifactRegistryLocation: requiredText(),
  /** The name of the repository in Artifact Registry. */
  artifactRegistryRepositories: requiredText(),
};

/** The arguments of {@link GoogleCloudArtifactRegistry}. */
export interface GoogleCloudArtifactRegistryArgs extends ProjectIntegrationArgs<typeof fields> {}
interface GoogleCloudArtifactRegistryOutputs extends ProjectIntegrationOutputs<typeof fields> {}

const base: Integration<GoogleCloudArtifactRegistryArgs, GoogleCloudArtifactRegistryOutputs> = projectIntegration({
  name: "GoogleCloudArtifactRegistry",
  slug: "google-cloud-platform-artifact-registry",
  offeredOnly: "on GitLab.com",
  fields,
});

/**
 * Google Artifact Management (`google-cloud-platform-artifact-registry`), on projects of GitLab.com only.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#google-artifact-management
 *
 * @example
 * ```ts
 * new gitlab.integrations.GoogleCloudArtifactRegistry("registry", {
 *   project: "acme/shop",
 *   artifactRegistryProjectId: "acme-shop-191923",
 *   artifactRegistryLocation: "us-east1",
 *   artifactRegistryRepositories: "containers",
 * });
 * ```
 */
export class GoogleCloudArtifactRegistry extends base {}
