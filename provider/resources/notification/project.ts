import type { Definition } from "../../core/definition";
import { resource, type ProjectArgsOf, type ProjectResource, type ResourceClass } from "../../program/resource";
import { approverField, eventFields, eventsNeedCustom, levelField, levels } from "./fields";

const own = {
  /** How much the user is told about this project. @default "global", which is what the user has everywhere */
  level: levelField(levels, "global"),
};

// Written out, since comments do not survive a spread into the emitted declarations.
type ProjectNotificationFields = typeof own & typeof eventFields & typeof approverField;
const fields: ProjectNotificationFields = { ...own, ...eventFields, ...approverField };

const definition: Definition<ProjectNotificationFields> = {
  name: "ProjectNotificationSettings",
  kind: "notification",
  scopes: ["project"],
  path: "notification_settings",
  fields,
  outputs: [],
  rules: eventsNeedCustom(fields),
};

/** The arguments of a {@link ProjectNotificationSettings}. */
export type ProjectNotificationSettingsArgs = ProjectArgsOf<ProjectNotificationFields>;

const base: ResourceClass<ProjectNotificationSettingsArgs, ProjectResource<ProjectNotificationFields>> = resource(
  definition,
);

/**
 * What the owner of the token is told by mail about a project.
 *
 * Every user has settings of their own, and GitLab's API shows and changes none but those of the user whose token it gets:
 * a service account, or the bot user of a project or group access token, is told what these settings say, and nobody else
 * is. With the token of another user the same resource is about other settings.
 *
 * GitLab has these settings for everybody from the start: they are taken over, and events that the program does not name
 * stay as they are. Deleting the resource puts the level back to `global`. GitLab shows events only while the level is `custom`, so what
 * somebody changes meanwhile goes unnoticed.
 *
 * @see https://docs.gitlab.com/api/notification_settings/
 *
 * @example
 * ```ts
 * new gitlab.ProjectNotificationSettings("shop", {
 *   project: "acme/shop",
 *   level: "custom",
 *   newMergeRequest: true,
 *   failedPipeline: true,
 * });
 * ```
 */
export class ProjectNotificationSettings extends base {}
