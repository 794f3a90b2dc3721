// Kills a run of twenty resources at every step of every request, and runs it again each time: npm run test:kill
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const { status } = spawnSync(
  process.execPath,
  [createRequire(import.meta.url).resolve("jest/bin/jest"), "tests/faults/kill.test.ts"],
  { cwd: fileURLToPath(new URL("..", import.meta.url)), env: { ...process.env, KILLS: "all" }, stdio: "inherit" },
);
process.exit(status ?? 1);
