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

type YouTrackFields = typeof trackerFields & typeof undocumentedPushes;

interface YouTrackSettings extends IntegrationSettings<YouTrackFields> {}
interface YouTrackOutputs extends IntegrationOutputs<YouTrackFields> {}

/** The arguments of {@link YouTrack}. */
export type YouTrackArgs = IntegrationArgs<YouTrackSettings>;

const base: Integration<YouTrackArgs, YouTrackOutputs> = integration({
  name: "YouTrack",
  slug: "youtrack",
  fields: { ...trackerFields, ...undocumentedPushes },
  exclusive: issueTracker,
});

/**
 * YouTrack (`youtrack`). A project can have one active external issue tracker. `issuesUrl` has the form
 * `https://youtrack.example.com/issue/:id`.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#youtrack
 *
 * @example
 * ```ts
 * new gitlab.integrations.YouTrack("youtrack", {
 *   project: "acme/shop",
 *   projectUrl: "https://acme.youtrack.cloud/projects/shop",
 *   issuesUrl: "https://acme.youtrack.cloud/issue/:id",
 * });
 * ```
 */
export class YouTrack extends base {}
