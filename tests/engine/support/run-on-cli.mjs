// Runs the engine scenarios on a real CLI from PATH; further arguments go to jest.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

const PATIENCE_MS = 8_000;

/** What npm puts into node_modules/.bin is the installer, which downloads without a time limit. */
function isCli(folder) {
  if (/[\\/]node_modules[\\/]/.test(join(folder, "/"))) return false;
  try {
    accessSync(join(folder, "pulumi"), constants.X_OK);
  } catch {
    return false;
  }
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return spawnSync(join(folder, "pulumi"), ["version"], { env, timeout: PATIENCE_MS, stdio: "ignore" }).status === 0;
}

const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
const home = path.find(isCli);
if (home === undefined) {
  console.log(
    "Skipped: no `pulumi version` on PATH answers within a few seconds; see https://www.pulumi.com/docs/install/.",
  );
} else {
  const require = createRequire(import.meta.url);
  const jest = join(dirname(require.resolve("jest/package.json")), "bin/jest.js");
  const args = [jest, "tests/engine/scenarios", "--testTimeout=600000", ...process.argv.slice(2)];
  const env = { ...process.env, SCENARIO_ENGINE: "cli", PATH: [home, ...path].join(delimiter) };
  process.exitCode = spawnSync(process.execPath, args, { env, stdio: "inherit" }).status ?? 1;
}
