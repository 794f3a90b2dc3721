import { requiredText, secret, text } from "../../../core/schema";
import { undocumentedPushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The API token of a user who can reach the stories; comments appear in that user's name. A secret. */
  token: secret(requiredText()),
  /** The branches whose commits are checked, separated by commas. By default, all branches. */
  restrictToBranch: text(),
};

type PivotalTrackerFields = typeof undocumentedPushes & typeof fields;

interface PivotalTrackerSettings extends IntegrationSettings<PivotalTrackerFields> {}
interface PivotalTrackerOutputs extends IntegrationOutputs<PivotalTrackerFields> {}

/** The arguments of {@link PivotalTracker}. */
export type PivotalTrackerArgs = IntegrationArgs<PivotalTrackerSettings>;

const base: Integration<PivotalTrackerArgs, PivotalTrackerOutputs> = integration({
  name: "PivotalTracker",
  slug: "pivotaltracker",
  fields: { ...undocumentedPushes, ...fields },
});

/**
 * Pivotal Tracker (`pivotaltracker`): commit messages become comments on stories.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#pivotal-tracker
 *
 * @example
 * ```ts
 * new gitlab.integrations.PivotalTracker("pivotal", {
 *   project: "acme/shop",
 *   token: config.requireSecret("pivotalToken"),
 *   restrictToBranch: "main",
 * });
 * ```
 */
export class PivotalTracker extends base {}
