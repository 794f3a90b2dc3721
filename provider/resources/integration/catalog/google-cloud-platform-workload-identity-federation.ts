import { z } from "zod";
import { field } from "../../../core/schema";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

/** Google's IDs have lowercase letters, digits and hyphens. */
function googleId(shortest: number, longest: number) {
  const pattern = new RegExp(`^[a-z0-9-]{${shortest},${longest}}$`);
  return z
    .string()
    .refine((given) => pattern.test(given), `must be ${shortest} to ${longest} lowercase letters, digits or hyphens`);
}

const fields = {
  /** The ID of the Google Cloud project: `my-sample-project-191923`. */
  workloadIdentityFederationProjectId: googleId(6, 30),
  /** The number of the Google Cloud project, as a number or a string: `314053285323`. */
  workloadIdentityFederationProjectNumber: field(
    z.union([z.int(), z.string().refine((given) => /^\d+$/.test(given), "must be a whole number")]),
    {},
  ),
  /** The ID of the workload identity pool. */
  workloadIdentityPoolId: googleId(4, 32),
  /** The ID of the provider in that pool. */
  workloadIdentityPoolProviderId: googleId(4, 32),
};

interface GoogleCloudWorkloadIdentityFederationSettings extends IntegrationSettings<typeof fields> {}
interface GoogleCloudWorkloadIdentityFederationOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link GoogleCloudWorkloadIdentityFederation}. */
export type GoogleCloudWorkloadIdentityFederationArgs = IntegrationArgs<GoogleCloudWorkloadIdentityFederationSettings>;

const base: Integration<GoogleCloudWorkloadIdentityFederationArgs, GoogleCloudWorkloadIdentityFederationOutputs> =
  integration({
    name: "GoogleCloudWorkloadIdentityFederation",
    slug: "google-cloud-platform-workload-identity-federation",
    offeredOnly: "on GitLab.com",
    fields,
  });

/**
 * Google Cloud Identity and Access Management (`google-cloud-platform-workload-identity-federation`), on GitLab.com only.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#google-cloud-identity-and-access-management-iam
 *
 * @example
 * ```ts
 * new gitlab.integrations.GoogleCloudWorkloadIdentityFederation("google-cloud", {
 *   project: "acme/shop",
 *   workloadIdentityFederationProjectId: "acme-shop-191923",
 *   workloadIdentityFederationProjectNumber: 314053285323,
 *   workloadIdentityPoolId: "gitlab-pool",
 *   workloadIdentityPoolProviderId: "gitlab-provider",
 * });
 * ```
 */
export class GoogleCloudWorkloadIdentityFederation extends base {}
