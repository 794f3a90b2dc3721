import type { Connection } from "../../../operations/connection";
import { isWritten, type Imported } from "../model/imported";
import { storedOf } from "../model/stored";

/** The oldest CLI of Pulumi that takes inputs and outputs from an import file. */
const oldestCli = "3.254";

/** The command that takes the file into the state. Without `--protect=false`, Pulumi would protect every resource. */
export const importFileCommand = "pulumi import --file import.json --generate-code=false --protect=false";

/**
 * The file for Pulumi's own import: every object with the state that it would have after an `up`.
 *
 * @see https://www.pulumi.com/docs/iac/cli/commands/pulumi_import/
 */
export function importFile(all: readonly Imported[], connection: Connection): string {
  const readme =
    `Needs Pulumi ${oldestCli} or later: ${importFileCommand}. It holds no secrets, so the first preview shows them as ` +
    "changes. With an older Pulumi leave this file alone: the `import` options in index.ts do the same.";
  const resources = all.filter(isWritten).map((one) => storedOf(one, connection));
  return `${JSON.stringify({ readme, resources }, undefined, 2)}\n`;
}
