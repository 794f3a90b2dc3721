import type { Definition } from "../../core/definition";
import type { ArgsOf, OutputsOf } from "../../core/schema";
import { resource, type GroupArg, type GroupOutputs, type ResourceClass } from "../../program/resource";
import { epicField, eventFields, eventsNeedCustom, levelField, levels } from "./fields";

const own = {
  /** How many notifications the user gets about this group. @default "global", which is the user's global level */
  level: levelField(levels, "global"),
};

// Written out, since comments do not survive a spread into the emitted declarations.
type GroupNotificationFields = typeof own & typeof eventFields & typeof epicField;
const fields: GroupNotificationFields = { ...own, ...eventFields, ...epicField };

const definition: Definition<GroupNotificationFields> = {
  name: "GroupNotificationSettings",
  kind: "notification",
  scopes: ["group"],
  path: "notification_settings",
  fields,
  outputs: [],
  rules: eventsNeedCustom(fields),
};

/** The arguments of a {@link GroupNotificationSettings}. */
export interface GroupNotificationSettingsArgs extends GroupArg, ArgsOf<GroupNotificationFields> {}
interface GroupNotificationSettingsResult extends OutputsOf<GroupNotificationFields>, GroupOutputs {}

const base: ResourceClass<GroupNotificationSettingsArgs, GroupNotificationSettingsResult> = resource(definition);

/**
 * The notification settings of the token's user for a group and its projects.
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
 * new gitlab.GroupNotificationSettings("acme", {
 *   group: "acme",
 *   level: "custom",
 *   failedPipeline: true,
 *   newRelease: true,
 * });
 * ```
 */
export class GroupNotificationSettings extends base {}
