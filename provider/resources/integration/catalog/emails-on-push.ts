import { flag } from "../../../core/schema";
import { branches } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";
import { recipients } from "../recipients";

const fields = {
  /** The email addresses to notify, separated by spaces or line breaks. At most 750. */
  recipients: recipients({ most: 750, separator: /\s+/, between: "spaces" }),
  /** Omits the diffs from the message. @default false */
  disableDiffs: flag(false),
  /** Sends from the committer's address, if its domain allows it. @default false */
  sendFromCommitterEmail: flag(false),
  /** Sends email for pushes. @default true */
  pushEvents: flag(true),
  /** Sends email for new tags. @default true */
  tagPushEvents: flag(true),
  /** Which branches notify. @default "all" */
  branchesToBeNotified: branches("all"),
};

interface EmailsOnPushSettings extends IntegrationSettings<typeof fields> {}
interface EmailsOnPushOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link EmailsOnPush}. */
export type EmailsOnPushArgs = IntegrationArgs<EmailsOnPushSettings>;

const base: Integration<EmailsOnPushArgs, EmailsOnPushOutputs> = integration({
  name: "EmailsOnPush",
  slug: "emails-on-push",
  fields,
});

/**
 * Emails on push (`emails-on-push`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#emails-on-push
 *
 * @example
 * ```ts
 * new gitlab.integrations.EmailsOnPush("pushes", {
 *   project: "acme/shop",
 *   recipients: "shop@acme.example reviews@acme.example",
 *   disableDiffs: true,
 *   branchesToBeNotified: "default",
 * });
 * ```
 */
export class EmailsOnPush extends base {}
