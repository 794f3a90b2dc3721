import { z } from "zod";
import { field, requiredText, secret, webUrl } from "../../../core/schema";
import { mergeRequests, pushes, tagPushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const server = z
  .string()
  .refine(
    (given) => given === "" || webUrl().safeParse(given).success,
    "must be a URL that starts with http:// or https://",
  );

const fields = {
  /** The name of the account at Packagist. */
  username: requiredText(),
  /** The API token of that account. A secret. */
  token: secret(requiredText()),
  /** The URL of the Packagist server. GitLab uses `https://packagist.org` by default. */
  server: field(server.optional(), { clearsSecrets: true }),
};

type PackagistFields = typeof pushes & typeof mergeRequests & typeof tagPushes & typeof fields;

interface PackagistSettings extends IntegrationSettings<PackagistFields> {}
interface PackagistOutputs extends IntegrationOutputs<PackagistFields> {}

/** The arguments of {@link Packagist}. */
export type PackagistArgs = IntegrationArgs<PackagistSettings>;

const base: Integration<PackagistArgs, PackagistOutputs> = integration({
  name: "Packagist",
  slug: "packagist",
  fields: { ...pushes, ...mergeRequests, ...tagPushes, ...fields },
});

/**
 * Packagist (`packagist`): updates the project's PHP packages there.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#packagist
 *
 * @example
 * ```ts
 * new gitlab.integrations.Packagist("packagist", {
 *   project: "acme/shop",
 *   username: "acme",
 *   token: config.requireSecret("packagistToken"),
 * });
 * ```
 */
export class Packagist extends base {}
