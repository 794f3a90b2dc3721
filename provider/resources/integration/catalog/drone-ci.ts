import { field, flag, requiredText, secret, webUrl } from "../../../core/schema";
import { mergeRequests, pushes, tagPushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The URL of the Drone server: `https://drone.example.com`. */
  droneUrl: field(webUrl(), { clearsSecrets: true }),
  /** The token of the Drone project. A secret. */
  token: secret(requiredText()),
  /** Whether the certificate of the server must be valid. @default true */
  enableSslVerification: flag(true),
};

type DroneCiFields = typeof pushes & typeof mergeRequests & typeof tagPushes & typeof fields;

interface DroneCiSettings extends IntegrationSettings<DroneCiFields> {}
interface DroneCiOutputs extends IntegrationOutputs<DroneCiFields> {}

/** The arguments of {@link DroneCi}. */
export type DroneCiArgs = IntegrationArgs<DroneCiSettings>;

const base: Integration<DroneCiArgs, DroneCiOutputs> = integration({
  name: "DroneCi",
  slug: "drone-ci",
  fields: { ...pushes, ...mergeRequests, ...tagPushes, ...fields },
});

/**
 * Drone (`drone-ci`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#drone
 *
 * @example
 * ```ts
 * new gitlab.integrations.DroneCi("drone", {
 *   project: "acme/shop",
 *   droneUrl: "https://drone.acme.example",
 *   token: config.requireSecret("droneToken"),
 * });
 * ```
 */
export class DroneCi extends base {}
