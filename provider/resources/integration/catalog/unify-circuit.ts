import { chatEvents, notifyFields, webhook, workItemEvents } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The webhook of a Unify Circuit conversation: `https://circuit.com/rest/v2/webhooks/incoming/...`. A secret. */
  webhook: webhook(),
};

type UnifyCircuitFields = typeof notifyFields & typeof chatEvents & typeof workItemEvents & typeof fields;

interface UnifyCircuitSettings extends IntegrationSettings<UnifyCircuitFields> {}
interface UnifyCircuitOutputs extends IntegrationOutputs<UnifyCircuitFields> {}

/** The arguments of {@link UnifyCircuit}. */
export type UnifyCircuitArgs = IntegrationArgs<UnifyCircuitSettings>;

const base: Integration<UnifyCircuitArgs, UnifyCircuitOutputs> = integration({
  name: "UnifyCircuit",
  slug: "unify-circuit",
  fields: { ...notifyFields, ...chatEvents, ...workItemEvents, ...fields },
});

/**
 * Unify Circuit (`unify-circuit`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#unify-circuit
 *
 * @example
 * ```ts
 * new gitlab.integrations.UnifyCircuit("circuit", {
 *   project: "acme/shop",
 *   webhook: config.requireSecret("circuitWebhook"),
 *   branchesToBeNotified: "default",
 * });
 * ```
 */
export class UnifyCircuit extends base {}
