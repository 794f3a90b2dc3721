import { z } from "zod";
import { undocumentedPushes } from "../events";
import { integration, issueTracker, type Integration, type IntegrationArgs } from "../factory";

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

/** The arguments of {@link Linear}. */
export type LinearArgs = IntegrationArgs<LinearFields>;

const base: Integration<LinearFields> = integration({
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
