import { requiredText, secret } from "../../../core/schema";
import { chatEvents, hostname, notifyFields, undocumentedEvents, workItemEvents } from "../chat";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The URL of the Matrix server. @default "https://matrix.org" */
  hostname: hostname(),
  /** The access token of the user who posts. A secret. */
  token: secret(requiredText(), { clearsSecrets: true }),
  /** The room to post to, by its ID: `!qPKKM111FFKKsfoCVy:matrix.org`. */
  room: requiredText(),
};

type MatrixFields = typeof notifyFields &
  typeof chatEvents &
  typeof workItemEvents &
  typeof undocumentedEvents &
  typeof fields;

interface MatrixSettings extends IntegrationSettings<MatrixFields> {}
interface MatrixOutputs extends IntegrationOutputs<MatrixFields> {}

/** The arguments of {@link Matrix}. */
export type MatrixArgs = IntegrationArgs<MatrixSettings>;

const base: Integration<MatrixArgs, MatrixOutputs> = integration({
  name: "Matrix",
  slug: "matrix",
  fields: { ...notifyFields, ...chatEvents, ...workItemEvents, ...undocumentedEvents, ...fields },
});

/**
 * Matrix notifications (`matrix`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#matrix-notifications
 *
 * @example
 * ```ts
 * new gitlab.integrations.Matrix("matrix", {
 *   project: "acme/shop",
 *   token: config.requireSecret("matrixToken"),
 *   room: "!qPKKM111FFKKsfoCVy:matrix.org",
 *   branchesToBeNotified: "protected",
 * });
 * ```
 */
export class Matrix extends base {}
