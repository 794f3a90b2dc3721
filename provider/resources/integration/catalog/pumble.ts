import { chatEvents, lessDocumentedNotifyFields, webhook, workItemEvents } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The webhook of a Pumble channel: `https://api.pumble.com/workspaces/...`. A secret. */
  webhook: webhook(),
};

type PumbleFields = typeof lessDocumentedNotifyFields & typeof chatEvents & typeof workItemEvents & typeof fields;

interface PumbleSettings extends IntegrationSettings<PumbleFields> {}
interface PumbleOutputs extends IntegrationOutputs<PumbleFields> {}

/** The arguments of {@link Pumble}. */
export type PumbleArgs = IntegrationArgs<PumbleSettings>;

const base: Integration<PumbleArgs, PumbleOutputs> = integration({
  name: "Pumble",
  slug: "pumble",
  fields: { ...lessDocumentedNotifyFields, ...chatEvents, ...workItemEvents, ...fields },
});

/**
 * Pumble (`pumble`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#pumble
 *
 * @example
 * ```ts
 * new gitlab.integrations.Pumble("pumble", {
 *   project: "acme/shop",
 *   webhook: config.requireSecret("pumbleWebhook"),
 *   branchesToBeNotified: "default",
 * });
 * ```
 */
export class Pumble extends base {}
