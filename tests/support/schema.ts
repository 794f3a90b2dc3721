import { execFileSync } from "node:child_process";
import * as path from "node:path";
import type { PackageSchema } from "../../provider/cli/schema";

const command = path.resolve(__dirname, "../../bin/pulumi-gitlab.js");

/** What `pulumi-gitlab schema` prints, which has the comments that only the compiled package holds. */
export function printedSchema(): PackageSchema {
  const options = { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 } as const;
  return JSON.parse(execFileSync(process.execPath, [command, "schema"], options)) as PackageSchema;
}
