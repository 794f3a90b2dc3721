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

type CustomIssueTrackerFields = typeof trackerFields & typeof newIssueField & typeof undocumentedPushes;

interface CustomIssueTrackerSettings extends IntegrationSettings<CustomIssueTrackerFields> {}
interface CustomIssueTrackerOutputs extends IntegrationOutputs<CustomIssueTrackerFields> {}

/** The arguments of {@link CustomIssueTracker}. */
export type CustomIssueTrackerArgs = IntegrationArgs<CustomIssueTrackerSettings>;

const base: Integration<CustomIssueTrackerArgs, CustomIssueTrackerOutputs> = integration({
  name: "CustomIssueTracker",
  slug: "custom-issue-tracker",
  fields: { ...trackerFields, ...newIssueField, ...undocumentedPushes },
  exclusive: issueTracker,
});

/**
 * An issue tracker of any kind (`custom-issue-tracker`). A project can have one active external issue tracker.
 * `issuesUrl` has the form `https://tracker.example.com/issues/:id`.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#custom-issue-tracker
 *
 * @example
 * ```ts
 * new gitlab.integrations.CustomIssueTracker("tracker", {
 *   project: "acme/shop",
 *   projectUrl: "https://tracker.acme.example/shop",
 *   issuesUrl: "https://tracker.acme.example/shop/issues/:id",
 *   newIssueUrl: "https://tracker.acme.example/shop/issues/new",
 * });
 * ```
 */
export class CustomIssueTracker extends base {}
