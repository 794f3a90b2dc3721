// Runs the scenarios of tests/engine on a real Pulumi CLI. Without one there is nothing to run, which is no failure.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { findCli } from "gitlab-sandbox/drivers";

const cli = await findCli();
if (cli === undefined) {
  console.log(
    "Skipped: no Pulumi CLI answers `pulumi version` on this machine. `npm install --global pulumi` installs one.",
  );
  process.exit(0);
}

console.log(
  `The scenarios run on pulumi ${cli.version} (${cli.file}), with backends of their own in temporary folders.`,
);
const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
const { status } = spawnSync(process.execPath, [jest, "tests/engine/scenarios", ...process.argv.slice(2)], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, SCENARIO_ENGINE: "pulumi" },
  stdio: "inherit",
});
process.exit(status ?? 1);
