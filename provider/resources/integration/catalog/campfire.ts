import { z } from "zod";
import { field, requiredText, secret } from "../../../core/schema";
import { undocumentedPushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const subdomain = z
  .string()
  .regex(
    /^([A-Za-z\d]([A-Za-z\d-]{0,61}[A-Za-z\d])?)?$/,
    "must be one part of a host name: at most 63 letters, digits and hyphens, with no hyphen at either end",
  );

const room = z.string().regex(/^(\+?0*[1-9]\d*)?$/, "must be a whole number above 0, as a string");

const fields = {
  /** The API token of a user, found under "My info". A secret. */
  token: secret(requiredText()),
  /** The part of the account's URL before `.campfirenow.com`. */
  subdomain: field(subdomain.optional(), { clearsSecrets: true }),
  /** The number at the end of the room's URL, as a string. */
  room: room.optional(),
};

type CampfireFields = typeof undocumentedPushes & typeof fields;

interface CampfireSettings extends IntegrationSettings<CampfireFields> {}
interface CampfireOutputs extends IntegrationOutputs<CampfireFields> {}

/** The arguments of {@link Campfire}. */
export type CampfireArgs = IntegrationArgs<CampfireSettings>;

const base: Integration<CampfireArgs, CampfireOutputs> = integration({
  name: "Campfire",
  slug: "campfire",
  fields: { ...undocumentedPushes, ...fields },
});

/**
 * Campfire Classic (`campfire`), which is no longer sold.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#campfire-classic
 *
 * @example
 * ```ts
 * new gitlab.integrations.Campfire("campfire", {
 *   project: "acme/shop",
 *   token: config.requireSecret("campfireToken"),
 *   subdomain: "acme",
 *   room: "123456",
 * });
 * ```
 */
export class Campfire extends base {}
