import { z } from "zod";
import { undocumentedPushes } from "../events";
import {
  integration,
  issueTracker,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The URL of the workspace: `https://linear.app/example`. */
  workspaceUrl: z
    .string()
    .refine(
      (given) => /^https:\/\/linear\.app\/[a-z0-9-]{3,32}\/?$/.test(given),
      "must be a workspace of Linear: https://linear.app/ and 3 to 32 lowercase letters, digits or hyphens",
    ),
};

type LinearFields = typeof fields & typeof undocumentedPushes;

interface LinearSettings extends IntegrationSettings<LinearFields> {}
interface LinearOutputs extends IntegrationOutputs<LinearFields> {}

/** The arguments of {@link Linear}. */
export type LinearArgs = IntegrationArgs<LinearSettings>;

const base: Integration<LinearArgs, LinearOutputs> = integration({
  name: "Linear",
  slug: "linear",
  fields: { ...fields, ...undocumentedPushes },
  exclusive: issueTracker,
});

/**
 * Linear (`linear`). A project can have one active external issue tracker.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#linear
 *
 * @example
 * ```ts
 * new gitlab.integrations.Linear("linear", {
 *   project: "acme/shop",
 *   workspaceUrl: "https://linear.app/acme",
 * });
 * ```
 */
export class Linear extends base {}
