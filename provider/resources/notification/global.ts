import { z } from "zod";
import type { Definition } from "../../core/definition";
import { field, type ArgsOf, type OutputsOf } from "../../core/schema";
import { resource, type ResourceClass } from "../../program/resource";
import { approverField, epicField, eventFields, eventsNeedCustom, levelField, ownLevels } from "./fields";

const own = {
  /** How much the user is told wherever no project or group says otherwise. @default "participating" */
  level: levelField(ownLevels, "participating"),
  /**
   * Where the mails go: one of the user's own confirmed addresses. Removed from the program, it goes back to the user's
   * primary address.
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
export type GlobalNotificationSettingsArgs = ArgsOf<GlobalNotificationFields>;

const base: ResourceClass<GlobalNotificationSettingsArgs, OutputsOf<GlobalNotificationFields>> = resource(definition);

/**
 * What the owner of the token is told by mail where no project or group says otherwise.
 *
 * Every user has settings of their own, and GitLab's API shows and changes none but those of the user whose token it gets:
 * a service account, or the bot user of a project or group access token, is told what these settings say, and nobody else
 * is. With the token of another user the same resource is about other settings.
 *
 * GitLab has these settings for everybody from the start: they are taken over, and events that the program does not name
 * stay as they are. Deleting the resource puts the level back to `participating` and leaves the address. GitLab shows events only while the level is `custom`, so what
 * somebody changes meanwhile goes unnoticed.
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
