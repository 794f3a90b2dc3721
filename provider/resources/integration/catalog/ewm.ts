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

type EwmFields = typeof trackerFields & typeof newIssueField & typeof undocumentedPushes;

interface EwmSettings extends IntegrationSettings<EwmFields> {}
interface EwmOutputs extends IntegrationOutputs<EwmFields> {}

/** The arguments of {@link Ewm}. */
export type EwmArgs = IntegrationArgs<EwmSettings>;

const base: Integration<EwmArgs, EwmOutputs> = integration({
  name: "Ewm",
  slug: "ewm",
  fields: { ...trackerFields, ...newIssueField, ...undocumentedPushes },
  exclusive: issueTracker,
});

/**
 * IBM Engineering Workflow Management (`ewm`). A project can have one active external issue tracker. `issuesUrl` has
 * the form `https://ewm.example.com/ccm/resource/itemName/com.ibm.team.workitem.WorkItem/:id`.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#engineering-workflow-management-ewm
 *
 * @example
 * ```ts
 * new gitlab.integrations.Ewm("ewm", {
 *   project: "acme/shop",
 *   projectUrl: "https://ewm.acme.example/ccm/web/projects/shop",
 *   issuesUrl: "https://ewm.acme.example/ccm/resource/itemName/com.ibm.team.workitem.WorkItem/:id",
 *   newIssueUrl: "https://ewm.acme.example/ccm/web/projects/shop#action=com.ibm.team.workitem.newWorkItem",
 * });
 * ```
 */
export class Ewm extends base {}
