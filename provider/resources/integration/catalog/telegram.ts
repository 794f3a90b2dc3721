import { z } from "zod";
import { field, fieldsWith, requiredText, secret } from "../../../core/schema";
import { chatEvents, hostname, notifyFields, undocumentedEvents, workItemEvents } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const integerText = z
  .string()
  .refine((given) => /^([+-]?\d+)?$/.test(given.trim()), "must be a whole number as a string");

const fields = {
  /** The URL of the Telegram API. @default "https://api.telegram.org" */
  hostname: hostname(),
  /** The token of the bot that posts: `123456:ABC-...`. A secret. */
  token: secret(requiredText(), { clearsSecrets: true }),
  /** The chat to post to, by its ID, or the channel, by its name: `@channelusername`. */
  room: requiredText(),
  /** The topic of a forum to post to, by its ID as a string: `"42"`. */
  thread: field(integerText.optional(), {}),
};

// The documentation calls these required, and some servers demand them.
const demandedEvents: typeof chatEvents = fieldsWith(chatEvents, { always: true });

type TelegramFields = typeof notifyFields &
  typeof chatEvents &
  typeof workItemEvents &
  typeof undocumentedEvents &
  typeof fields;

interface TelegramSettings extends IntegrationSettings<TelegramFields> {}
interface TelegramOutputs extends IntegrationOutputs<TelegramFields> {}

/** The arguments of {@link Telegram}. */
export type TelegramArgs = IntegrationArgs<TelegramSettings>;

const base: Integration<TelegramArgs, TelegramOutputs> = integration({
  name: "Telegram",
  slug: "telegram",
  fields: { ...notifyFields, ...demandedEvents, ...workItemEvents, ...undocumentedEvents, ...fields },
});

/**
 * Telegram (`telegram`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#telegram
 *
 * @example
 * ```ts
 * new gitlab.integrations.Telegram("telegram", {
 *   project: "acme/shop",
 *   token: config.requireSecret("telegramBotToken"),
 *   room: "@acme_shop",
 *   pipelineEvents: true,
 * });
 * ```
 */
export class Telegram extends base {}
