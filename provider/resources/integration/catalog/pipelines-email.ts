import { flag } from "../../../core/schema";
import { lessDocumentedNotifyFields } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";
import { recipients } from "../recipients";

const fields = {
  /** The email addresses to notify, separated by commas, spaces or line breaks. At most 30. */
  recipients: recipients({ most: 30, separator: /[\s,]+/, between: "commas or spaces" }),
  /** Whether only the default branch notifies, where `branchesToBeNotified` is not set. @default false */
  notifyOnlyDefaultBranch: flag(false),
  /** Sends email for child pipelines too. Most GitLabs do not return it. GitLab 19.5 and later. @default true */
  notifyChildPipelines: flag(true, { access: "writeOnly", source: "server", since: "19.5" }),
  /** Sends email for pipelines. @default true */
  pipelineEvents: flag(true),
};

type PipelinesEmailFields = typeof lessDocumentedNotifyFields & typeof fields;

interface PipelinesEmailSettings extends IntegrationSettings<PipelinesEmailFields> {}
interface PipelinesEmailOutputs extends IntegrationOutputs<PipelinesEmailFields> {}

/** The arguments of {@link PipelinesEmail}. */
export type PipelinesEmailArgs = IntegrationArgs<PipelinesEmailSettings>;

const base: Integration<PipelinesEmailArgs, PipelinesEmailOutputs> = integration({
  name: "PipelinesEmail",
  slug: "pipelines-email",
  fields: { ...lessDocumentedNotifyFields, ...fields },
});

/**
 * Pipeline status emails (`pipelines-email`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#pipeline-status-emails
 *
 * @example
 * ```ts
 * new gitlab.integrations.PipelinesEmail("pipelines", {
 *   project: "acme/shop",
 *   recipients: "shop@acme.example, on-call@acme.example",
 *   notifyOnlyBrokenPipelines: true,
 *   branchesToBeNotified: "default_and_protected",
 * });
 * ```
 */
export class PipelinesEmail extends base {}
