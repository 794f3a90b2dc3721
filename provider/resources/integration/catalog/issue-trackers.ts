import { webUrl } from "../../../core/schema";
import { undocumentedPushes } from "../events";
import {
  integration,
  issueTracker,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

// The trackers that GitLab only links to: they differ in nothing but their names.

const placeholder = ":id";

const trackerFields = {
  /** The address of the project in the tracker. */
  projectUrl: webUrl(),
  /** The address of one issue in the tracker. Must contain `:id`, which stands for the issue. */
  issuesUrl: webUrl().refine(
    (given) => given.includes(placeholder),
    `must contain ${placeholder} in place of the issue`,
  ),
};

const newIssueField = {
  /** The URL for creating an issue in the tracker. */
  newIssueUrl: webUrl(),
};

type LinkFields = typeof trackerFields & typeof undocumentedPushes;
type NewIssueFields = typeof newIssueField & LinkFields;

const linkFields: LinkFields = { ...trackerFields, ...undocumentedPushes };
const newIssueFields: NewIssueFields = { ...trackerFields, ...newIssueField, ...undocumentedPushes };

function linkOnly<F extends LinkFields>(name: string, slug: string, fields: F) {
  return integration({ name, slug, fields, exclusive: issueTracker });
}

interface BugzillaSettings extends IntegrationSettings<NewIssueFields> {}
interface BugzillaOutputs extends IntegrationOutputs<NewIssueFields> {}

/** The arguments of {@link Bugzilla}. */
export type BugzillaArgs = IntegrationArgs<BugzillaSettings>;

const bugzilla: Integration<BugzillaArgs, BugzillaOutputs> = linkOnly("Bugzilla", "bugzilla", newIssueFields);

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
export class Bugzilla extends bugzilla {}

interface ClickUpSettings extends IntegrationSettings<LinkFields> {}
interface ClickUpOutputs extends IntegrationOutputs<LinkFields> {}

/** The arguments of {@link ClickUp}. */
export type ClickUpArgs = IntegrationArgs<ClickUpSettings>;

const clickUp: Integration<ClickUpArgs, ClickUpOutputs> = linkOnly("ClickUp", "clickup", linkFields);

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
export class ClickUp extends clickUp {}

interface CustomIssueTrackerSettings extends IntegrationSettings<NewIssueFields> {}
interface CustomIssueTrackerOutputs extends IntegrationOutputs<NewIssueFields> {}

/** The arguments of {@link CustomIssueTracker}. */
export type CustomIssueTrackerArgs = IntegrationArgs<CustomIssueTrackerSettings>;

const customIssueTracker: Integration<CustomIssueTrackerArgs, CustomIssueTrackerOutputs> = linkOnly(
  "CustomIssueTracker",
  "custom-issue-tracker",
  newIssueFields,
);

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
export class CustomIssueTracker extends customIssueTracker {}

interface EwmSettings extends IntegrationSettings<NewIssueFields> {}
interface EwmOutputs extends IntegrationOutputs<NewIssueFields> {}

/** The arguments of {@link Ewm}. */
export type EwmArgs = IntegrationArgs<EwmSettings>;

const ewm: Integration<EwmArgs, EwmOutputs> = linkOnly("Ewm", "ewm", newIssueFields);

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
export class Ewm extends ewm {}

interface PhorgeSettings extends IntegrationSettings<LinkFields> {}
interface PhorgeOutputs extends IntegrationOutputs<LinkFields> {}

/** The arguments of {@link Phorge}. */
export type PhorgeArgs = IntegrationArgs<PhorgeSettings>;

const phorge: Integration<PhorgeArgs, PhorgeOutputs> = linkOnly("Phorge", "phorge", linkFields);

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
export class Phorge extends phorge {}

interface RedmineSettings extends IntegrationSettings<NewIssueFields> {}
interface RedmineOutputs extends IntegrationOutputs<NewIssueFields> {}

/** The arguments of {@link Redmine}. */
export type RedmineArgs = IntegrationArgs<RedmineSettings>;

const redmine: Integration<RedmineArgs, RedmineOutputs> = linkOnly("Redmine", "redmine", newIssueFields);

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
export class Redmine extends redmine {}

interface YouTrackSettings extends IntegrationSettings<LinkFields> {}
interface YouTrackOutputs extends IntegrationOutputs<LinkFields> {}

/** The arguments of {@link YouTrack}. */
export type YouTrackArgs = IntegrationArgs<YouTrackSettings>;

const youTrack: Integration<YouTrackArgs, YouTrackOutputs> = linkOnly("YouTrack", "youtrack", linkFields);

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
export class YouTrack extends youTrack {}
