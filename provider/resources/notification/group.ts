import type { Definition } from "../../core/definition";
import { resource, type GroupArgsOf, type GroupResource, type ResourceClass } from "../../program/resource";
import { epicField, eventFields, eventsNeedCustom, levelField, levels } from "./fields";

const own = {
  /** How much the user is told about this group. @default "global", which is what the user has everywhere */
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
export type GroupNotificationSettingsArgs = GroupArgsOf<GroupNotificationFields>;

const base: ResourceClass<GroupNotificationSettingsArgs, GroupResource<GroupNotificationFields>> = resource(definition);

/**
 * What the owner of the token is told by mail about a group and its projects.
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
 * new gitlab.GroupNotificationSettings("acme", {
 *   group: "acme",
 *   level: "custom",
 *   failedPipeline: true,
 *   newRelease: true,
 * });
 * ```
 */
export class GroupNotificationSettings extends base {}
