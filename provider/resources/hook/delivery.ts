import type { Client, GitLabResponse } from "../../client";
import { GitLabError } from "../../client/errors";
import type { ApiPath } from "../../client/path";
import { ProviderError } from "../../core/errors";

/** GitLab did not deliver what it was asked to, or the receiver did not take it. */
export class HookDeliveryError extends ProviderError {
  /** @param status GitLab's; the receiver's is not known */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Has GitLab deliver something to a hook's receiver, and waits until it is done. Over GitLab's limit of 5 a minute it
 * waits for its turn, as long as `gitlab:retries` and `gitlab:timeout` allow.
 *
 * @param reasons what a status means here, as sentences
 * @throws HookDeliveryError when GitLab refuses; it shows the status alone, since GitLab passes the receiver's answer on
 */
export async function askForDelivery(
  client: Client,
  path: ApiPath,
  reasons: Readonly<Record<number, string>>,
): Promise<GitLabResponse> {
  try {
    return await client.post(path);
  } catch (error) {
    if (!(error instanceof GitLabError)) throw error;
    const { method, path: shown, status, hint } = error;
    // It tells what has answered, and quotes nothing.
    if (error.responder !== undefined) throw new HookDeliveryError(status, error.message);
    const reason = reasons[status] ?? hint;
    throw new HookDeliveryError(status, `${method} ${shown}: ${status}${reason === undefined ? "" : `. ${reason}`}`);
  }
}
