import { undocumentedPushes } from "../events";
import {
  integration,
  issueTracker,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";
import { trackerFields } from "../trackers";

type PhorgeFields = typeof trackerFields & typeof undocumentedPushes;

interface PhorgeSettings extends IntegrationSettings<PhorgeFields> {}
interface PhorgeOutputs extends IntegrationOutputs<PhorgeFields> {}

/** The arguments of {@link Phorge}. */
export type PhorgeArgs = IntegrationArgs<PhorgeSettings>;

const base: Integration<PhorgeArgs, PhorgeOutputs> = integration({
  name: "Phorge",
  slug: "phorge",
  fields: { ...trackerFields, ...undocumentedPushes },
  exclusive: issueTracker,
});

/**
 * Phorge (`phorge`). A project can have one active external issue tracker. `issuesUrl` has the form
 * `https://phorge.example.com/:id`.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#phorge
 *
 * @example
 * ```ts
 * new gitlab.integrations.Phorge("phorge", {
 *   project: "acme/shop",
 *   projectUrl: "https://phorge.acme.example/project/view/1/",
 *   issuesUrl: "https://phorge.acme.example/:id",
 * });
 * ```
 */
export class Phorge extends base {}
