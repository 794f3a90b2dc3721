import type { Input, Output } from "@pulumi/pulumi";
import { path } from "../client/path";
import { defineFunction, outputForm, type InvokeOptions } from "./data-function";
import { camelCased, rowOf } from "./responses";
import { selectedPath, type GroupSelector, type ProjectSelector } from "./selectors";

/** What the owner of the token is told about a project or group, or everywhere. */
export interface NotificationSettings {
  /** `disabled`, `participating`, `watch`, `global`, `mention` or `custom`. */
  readonly level: string;
  /** Where the mails go; for the settings that hold everywhere. */
  readonly notificationEmail?: string;
  /** Each event by its name in this package, null where nobody ever said. Only while the level is `custom`. */
  readonly events?: Readonly<Record<string, boolean | null>>;
}

/** Whose settings: those for a project, those for a group, or with neither those that hold everywhere. */
export type NotificationSelector =
  ProjectSelector | GroupSelector | { readonly project?: undefined; readonly group?: undefined };

/**
 * The notification settings of the token's owner for a project, for a group, or everywhere.
 *
 * @throws GitLabError with status 404 when the token does not see the project or group
 * @see https://docs.gitlab.com/api/notification_settings/
 */
export const getNotificationSettings = defineFunction<NotificationSelector | undefined, NotificationSettings>(
  "getNotificationSettings",
  async (client, args) => {
    const where = pathOf(args);
    return camelCased(rowOf((await client.get(where)).body, where, "notification settings")) as NotificationSettings;
  },
);

/** {@link getNotificationSettings} for arguments that may be outputs. */
export const getNotificationSettingsOutput = outputForm(getNotificationSettings) as (
  args: Input<{ readonly project?: Input<string | number>; readonly group?: Input<string | number> }>,
  options?: InvokeOptions,
) => Output<NotificationSettings>;

function pathOf(args: NotificationSelector) {
  if ("project" in args && args.project !== undefined)
    return selectedPath("project", args.project, "notification_settings");
  if ("group" in args && args.group !== undefined) return selectedPath("group", args.group, "notification_settings");
  return path`/notification_settings`;
}
