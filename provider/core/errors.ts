/**
 * A failure as a user reads it.
 *
 * The provider process prints an error's name and stack before the engine prints its message, so both are empty.
 */
export class ProviderError extends Error {
  override name = "";
  override stack = "";
}

/**
 * An object that exists on GitLab, while a later call of its create or update failed.
 *
 * The engine stores `properties` under `id` and prints `reasons`; the next `up` finishes the work.
 */
export class PartialFailureError extends ProviderError {
  constructor(
    readonly id: string,
    readonly properties: Readonly<Record<string, unknown>>,
    readonly reasons: readonly string[],
  ) {
    super(reasons.join("; "));
  }
}
