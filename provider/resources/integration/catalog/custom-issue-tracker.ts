import { undocumentedPushes } from "../events";
import { integration, issueTracker, type Integration, type IntegrationArgs } from "../factory";
import { newIssueField, trackerFields } from "../trackers";

type CustomIssueTrackerFields = typeof trackerFields & typeof newIssueField & typeof undocumentedPushes;

/** The arguments of {@link CustomIssueTracker}. */
export type CustomIssueTrackerArgs = IntegrationArgs<CustomIssueTrackerFields>;

const base: Integration<CustomIssueTrackerFields> = integration({
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
