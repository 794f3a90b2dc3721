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

type ClickUpFields = typeof trackerFields & typeof undocumentedPushes;

interface ClickUpSettings extends IntegrationSettings<ClickUpFields> {}
interface ClickUpOutputs extends IntegrationOutputs<ClickUpFields> {}

/** The arguments of {@link ClickUp}. */
export type ClickUpArgs = IntegrationArgs<ClickUpSettings>;

const base: Integration<ClickUpArgs, ClickUpOutputs> = integration({
  name: "ClickUp",
  slug: "clickup",
  fields: { ...trackerFields, ...undocumentedPushes },
  exclusive: issueTracker,
});

/**
 * ClickUp (`clickup`). A project can have one active external issue tracker. `issuesUrl` has the form
 * `https://app.clickup.com/t/:id`.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#clickup
 *
 * @example
 * ```ts
 * new gitlab.integrations.ClickUp("clickup", {
 *   project: "acme/shop",
 *   projectUrl: "https://app.clickup.com/1234567",
 *   issuesUrl: "https://app.clickup.com/t/:id",
 * });
 * ```
 */
export class ClickUp extends base {}
