import { isIP } from "node:net";
import { z } from "zod";
import { field, requiredText, secret, webUrl } from "../../../core/schema";
import { parseUrl } from "../../../core/parse-url";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const projectName = z
  .string()
  .refine((given) => given.length <= 255, "must have at most 255 characters")
  .refine(
    (given) => /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(given),
    "must be lowercase letters and digits, with single dots, underscores or hyphens between",
  );

// GitLab hands the password to jobs as a masked variable, and masks no other texts.
const maskable = z
  .string()
  .refine(
    (given) => /^[\w+=/@:.~-]{8,}$/.test(given),
    "must have at least 8 characters, and none but letters, digits and _ + = / @ : . ~ -",
  );

/** Whether an address names this machine or its local network. Names other than `localhost` pass: only GitLab resolves them. */
function isElsewhere(given: string): boolean {
  const host =
    parseUrl(given)
      ?.hostname.replace(/^\[|\]$/g, "")
      .toLowerCase() ?? "";
  if (isIP(host) === 4) return !/^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168)\./.test(host);
  if (isIP(host) === 6) return !/^(::1?$|f[cd]|fe[89ab])/.test(host);
  return !/^localhost\.?$/.test(host);
}

const fields = {
  /** The URL of the Harbor server: `https://demo.goharbor.io`. GitLab refuses addresses in its local network. */
  url: field(
    webUrl().refine(isElsewhere, "must be outside of the local network, whatever an administrator allows otherwise"),
    { clearsSecrets: true },
  ),
  /** The name of the project in Harbor. */
  projectName,
  /** The user to sign in as. */
  username: requiredText(),
  /** That user's password: at least 8 characters that GitLab can mask in job logs. A secret. */
  password: secret(maskable),
};

interface HarborSettings extends IntegrationSettings<typeof fields> {}
interface HarborOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link Harbor}. */
export type HarborArgs = IntegrationArgs<HarborSettings>;

const base: Integration<HarborArgs, HarborOutputs> = integration({ name: "Harbor", slug: "harbor", fields });

/**
 * Harbor (`harbor`), as the container registry of a project.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#harbor
 *
 * @example
 * ```ts
 * new gitlab.integrations.Harbor("harbor", {
 *   group: "acme",
 *   url: "https://harbor.acme.example",
 *   projectName: "shop",
 *   username: "gitlab",
 *   password: config.requireSecret("harborPassword"),
 * });
 * ```
 */
export class Harbor extends base {}
