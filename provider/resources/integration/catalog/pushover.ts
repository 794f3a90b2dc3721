import { z } from "zod";
import { requiredText, secret, text } from "../../../core/schema";
import { undocumentedPushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

// prettier-ignore
const sounds = [
  "pushover", "bike", "bugle", "cashregister", "classical", "cosmic", "falling", "gamelan", "incoming", "intermission",
  "magic", "mechanical", "pianobar", "siren", "spacealarm", "tugboat", "alien", "climb", "persistent", "echo", "updown",
  "none", "",
] as const;

const fields = {
  /** The key of the application at Pushover. A secret. */
  apiKey: secret(requiredText()),
  /** The key of the user or group to notify. A secret. */
  userKey: secret(requiredText()),
  /** How urgent the messages are: "-2" lowest, "-1" low, "0" normal, "1" high. */
  priority: z.literal(["-2", "-1", "0", "1"]),
  /** The device to notify. By default, all active devices. */
  device: text(),
  /** The sound of the messages. By default, or with "", the sound of the device. "none" is silent. */
  sound: z.enum(sounds).optional(),
};

type PushoverFields = typeof undocumentedPushes & typeof fields;

interface PushoverSettings extends IntegrationSettings<PushoverFields> {}
interface PushoverOutputs extends IntegrationOutputs<PushoverFields> {}

/** The arguments of {@link Pushover}. */
export type PushoverArgs = IntegrationArgs<PushoverSettings>;

const base: Integration<PushoverArgs, PushoverOutputs> = integration({
  name: "Pushover",
  slug: "pushover",
  fields: { ...undocumentedPushes, ...fields },
});

/**
 * Pushover (`pushover`): pushes become notifications on a device.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#pushover
 *
 * @example
 * ```ts
 * new gitlab.integrations.Pushover("pushover", {
 *   project: "acme/shop",
 *   apiKey: config.requireSecret("pushoverApiKey"),
 *   userKey: config.requireSecret("pushoverUserKey"),
 *   priority: "0",
 *   sound: "bike",
 * });
 * ```
 */
export class Pushover extends base {}
