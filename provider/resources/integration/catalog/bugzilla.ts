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

type BugzillaFields = typeof trackerFields & typeof newIssueField & typeof undocumentedPushes;

interface BugzillaSettings extends IntegrationSettings<BugzillaFields> {}
interface BugzillaOutputs extends IntegrationOutputs<BugzillaFields> {}

/** The arguments of {@link Bugzilla}. */
export type BugzillaArgs = IntegrationArgs<BugzillaSettings>;

const base: Integration<BugzillaArgs, BugzillaOutputs> = integration({
  name: "Bugzilla",
  slug: "bugzilla",
  fields: { ...trackerFields, ...newIssueField, ...undocumentedPushes },
  exclusive: issueTracker,
});

/**
 * Bugzilla (`bugzilla`). A project can have one active external issue tracker. `issuesUrl` has the form
 * `https://bugzilla.example.com/show_bug.cgi?id=:id`.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#bugzilla
 *
 * @example
 * ```ts
 * new gitlab.integrations.Bugzilla("bugzilla", {
 *   project: "acme/shop",
 *   projectUrl: "https://bugzilla.acme.example/describecomponents.cgi?product=shop",
 *   issuesUrl: "https://bugzilla.acme.example/show_bug.cgi?id=:id",
 *   newIssueUrl: "https://bugzilla.acme.example/enter_bug.cgi?product=shop",
 * });
 * ```
 */
export class Bugzilla extends base {}
