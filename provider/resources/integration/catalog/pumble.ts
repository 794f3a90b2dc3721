import { chatEvents, lessDocumentedNotifyFields, webhook, workItemEvents } from "../chat";
import { integration, type Integration, type IntegrationArgs } from "../factory";

const fields = {
  /** The webhook of a Pumble channel: `https://api.pumble.com/workspaces/...`. A secret. */
  webhook: webhook(),
};

type PumbleFields = typeof lessDocumentedNotifyFields & typeof chatEvents & typeof workItemEvents & typeof fields;

/** The arguments of {@link Pumble}. */
export type PumbleArgs = IntegrationArgs<PumbleFields>;

const base: Integration<PumbleFields> = integration({
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
