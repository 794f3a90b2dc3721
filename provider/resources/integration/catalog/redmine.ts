import { undocumentedPushes } from "../events";
import {
  integration,
  issueTracker,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";
import { newIssueField, trackerFields } from "../trackers";

type RedmineFields = typeof trackerFields & typeof newIssueField & typeof undocumentedPushes;

interface RedmineSettings extends IntegrationSettings<RedmineFields> {}
interface RedmineOutputs extends IntegrationOutputs<RedmineFields> {}

/** The arguments of {@link Redmine}. */
export type RedmineArgs = IntegrationArgs<RedmineSettings>;

const base: Integration<RedmineArgs, RedmineOutputs> = integration({
  name: "Redmine",
  slug: "redmine",
  fields: { ...trackerFields, ...newIssueField, ...undocumentedPushes },
  exclusive: issueTracker,
});

/**
 * Redmine (`redmine`). A project can have one active external issue tracker. `issuesUrl` has the form
 * `https://redmine.example.com/issues/:id`.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#redmine
 *
 * @example
 * ```ts
 * new gitlab.integrations.Redmine("redmine", {
 *   project: "acme/shop",
 *   projectUrl: "https://redmine.acme.example/projects/shop",
 *   issuesUrl: "https://redmine.acme.example/issues/:id",
 *   newIssueUrl: "https://redmine.acme.example/projects/shop/issues/new",
 * });
 * ```
 */
export class Redmine extends base {}
