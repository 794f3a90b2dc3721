import { z } from "zod";
import { field, flag } from "../fields";
import { branches } from "./chat";
import { integration, type Integration, type IntegrationArgs } from "./integration";

/** The most addresses that GitLab takes. */
const mostRecipients = 750;

function addresses(given: string): string[] {
  return given.split(/\s+/).filter((address) => address !== "");
}

const recipients = z
  .string()
  .refine((given) => addresses(given).length > 0, "must name at least one address")
  .refine((given) => addresses(given).length <= mostRecipients, `must name at most ${mostRecipients} addresses`)
  .refine(
    (given) => addresses(given).every((address) => address.includes("@")),
    "must be addresses with spaces between",
  );

const fields = {
  /** The addresses to write to, separated by spaces or line breaks. At most 750. */
  recipients: field(recipients, { canonical: (given) => addresses(given).join(" ") }),
  /** Leaves the changes themselves out of the message. @default false */
  disableDiffs: flag(false),
  /** Sends in the name of the committer, where its domain allows it. @default false */
  sendFromCommitterEmail: flag(false),
  /** Writes on pushes. @default true */
  pushEvents: flag(true),
  /** Writes on new tags. @default true */
  tagPushEvents: flag(true),
  /** Which branches notify. @default "all" */
  branchesToBeNotified: branches("all"),
};

/** The arguments of {@link EmailsOnPush}. */
export type EmailsOnPushArgs = IntegrationArgs<typeof fields>;

const base: Integration<typeof fields> = integration({ name: "EmailsOnPush", slug: "emails-on-push", fields });

/**
 * Emails on push (`emails-on-push`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#emails-on-push
 */
export class EmailsOnPush extends base {}
