import type { PendingOperation } from "./deployment";

/** The warning that an interrupted operation leaves, in the words of the real engine. */
export function pendingWarning(operations: readonly PendingOperation[]): string {
  const list = operations.map(({ resource, type }) => `  * ${resource.urn}, interrupted while ${type}`);
  return [
    `Attempting to deploy or update resources with ${operations.length} pending operations from previous deployment.`,
    ...list,
    "These resources are in an unknown state: the engine was interrupted while it waited for changes to them. " +
      "Look at the server to see whether the operations listed were completed.",
  ].join("\n");
}
