import { z } from "zod";
import type { Definition } from "../../core/definition";
import { field, type ArgsOf, type OutputsOf } from "../../core/schema";
import { resource, type ResourceClass } from "../../program/resource";
import { approverField, epicField, eventFields, eventsNeedCustom, levelField, ownLevels } from "./fields";

const own = {
  /** How many notifications the user gets, unless a project or group has other settings. @default "participating" */
  level: levelField(ownLevels, "participating"),
  /**
   * The email address for notifications: one of the user's confirmed addresses. If it is removed from the program, it
   * is reset to the user's primary address.
   */
  notificationEmail: field(
    z
      .string()
      .refine((given) => /^[^\s@]+@[^\s@]+$/.test(given), "must be a mail address")
      .optional(),
    {},
  ),
};

// Written out, since comments do not survive a spread into the emitted declarations.
type GlobalNotificationFields = typeof own & typeof eventFields & typeof epicField & typeof approverField;
const fields: GlobalNotificationFields = { ...own, ...eventFields, ...epicField, ...approverField };

const definition: Definition<GlobalNotificationFields> = {
  name: "GlobalNotificationSettings",
  kind: "notification",
  scopes: [],
  path: "notification_settings",
  fields,
  outputs: [],
  rules: eventsNeedCustom(fields),
};

/** The arguments of {@link GlobalNotificationSettings}. */
export interface GlobalNotificationSettingsArgs extends ArgsOf<GlobalNotificationFields> {}
interface GlobalNotificationSettingsResult extends OutputsOf<GlobalNotificationFields> {}

const base: ResourceClass<GlobalNotificationSettingsArgs, GlobalNotificationSettingsResult> = resource(definition);

/**
 * The notification settings of the token's user, for all projects and groups without their own settings.
 *
 * Every user has separate settings. GitLab's API reads and changes only the settings of the token's user. If the token
 * belongs to a service account, or to the bot user of a project or group access token, the settings apply only to that
 * account. With another user's token, the same resource manages other settings.
 *
 * Every user has these settings from the start: they are imported, and events that the program does not set stay
 * unchanged. Deleting the resource resets the level to `participating` and keeps the address. GitLab returns events
 * only while the level is `custom`, so changes at another level are not detected.
 *
 * @see https://docs.gitlab.com/api/notification_settings/
 *
 * @example
 * ```ts
 * new gitlab.GlobalNotificationSettings("mine", {
 *   level: "mention",
 *   notificationEmail: "releases@acme.example",
 * });
 * ```
 */
export class GlobalNotificationSettings extends base {}
