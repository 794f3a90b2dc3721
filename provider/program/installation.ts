import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { runError } from "./run-error";

let checked = false;

/**
 * Checks once that the engine will find this copy of the package: it starts the provider in the program's folder and
 * resolves the package from there.
 *
 * @throws pulumi.RunError when it would find none
 */
export function checkInstallation(): void {
  if (checked) return;
  checked = true;
  const found = resolved();
  if (found === undefined) {
    throw runError(
      "pulumi-gitlab-dynamic is not a dependency of this Pulumi project, so the engine cannot load it: run " +
        "`npm install pulumi-gitlab-dynamic` in the folder of Pulumi.yaml.",
    );
  }
  if (found !== realpathSync(path.join(__dirname, "../handlers.js"))) {
    void pulumi.log.warn(
      "Two copies of pulumi-gitlab-dynamic are installed; the engine uses the one that this Pulumi project depends on. " +
        "Run `npm ls pulumi-gitlab-dynamic` and keep one.",
    );
  }
}

function resolved(): string | undefined {
  try {
    // Any file name will do: only its folder counts.
    return realpathSync(createRequire(path.join(process.cwd(), "x.js")).resolve("pulumi-gitlab-dynamic/handlers"));
  } catch {
    return undefined;
  }
}
