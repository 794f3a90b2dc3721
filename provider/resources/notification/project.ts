import type { Definition } from "../../core/definition";
import type { ArgsOf, OutputsOf } from "../../core/schema";
import { resource, type ProjectArg, type ProjectOutputs, type ResourceClass } from "../../program/resource";
import { approverField, eventFields, eventsNeedCustom, levelField, levels } from "./fields";

const own = {
  /** How many notifications the user gets about this project. @default "global", which is the user's global level */
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
export interface ProjectNotificationSettingsArgs extends ProjectArg, ArgsOf<ProjectNotificationFields> {}
interface ProjectNotificationSettingsResult extends OutputsOf<ProjectNotificationFields>, ProjectOutputs {}

const base: ResourceClass<ProjectNotificationSettingsArgs, ProjectNotificationSettingsResult> = resource(definition);

/**
 * The notification settings of the token's user for a project.
 *
 * Every user has separate settings. GitLab's API reads and changes only the settings of the token's user. If the token
 * belongs to a service account, or to the bot user of a project or group access token, the settings apply only to that
 * account. With another user's token, the same resource manages other settings.
 *
 * Every user has these settings from the start: they are imported, and events that the program does not set stay
 * unchanged. Deleting the resource resets the level to `global`. GitLab returns events only while the level is
 * `custom`, so changes at another level are not detected.
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
