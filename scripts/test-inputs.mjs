// The long form of tests/security: many more inputs, from another seed each time. SEED and INPUTS repeat a run.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
const { status } = spawnSync(
  process.execPath,
  [jest, "tests/security", "--testTimeout=3600000", ...process.argv.slice(2)],
  {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { INPUTS: "120000", ...process.env },
    stdio: "inherit",
  },
);
process.exit(status ?? 1);
