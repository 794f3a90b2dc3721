// The long form of the fault matrix: npm run test:faults -- [--seed N] [--runs N] [--only TEXT]
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { seed: { type: "string" }, runs: { type: "string" }, only: { type: "string" } },
});
const seed = values.seed ?? String(Date.now() % 1_000_000);
const runs = values.runs ?? "2";
const folder = mkdtempSync(join(tmpdir(), "faults-"));
const report = join(folder, "rows.json");
console.log(`Seed ${seed}, ${runs} runs of each fault with each operation on each kind of object.`);

const started = Date.now();
const { status } = spawnSync(
  process.execPath,
  [createRequire(import.meta.url).resolve("jest/bin/jest"), "tests/faults/matrix.test.ts"],
  {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: {
      ...process.env,
      FAULT_SEED: seed,
      FAULT_RUNS: runs,
      FAULT_ONLY: values.only ?? "",
      FAULT_REPORT: report,
    },
    stdio: "inherit",
  },
);

const rows = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : [];
rmSync(folder, { recursive: true });
const results = ["converged", "doubled", "lost"];
const count = (outcomes, result) => outcomes.filter((outcome) => outcome.result === result).length;
const line = (name, cells) => `${name.padEnd(60)}${cells.map((cell) => String(cell).padStart(10)).join("")}`;

console.log(line("fault, operation, kind", ["runs", ...results]));
for (const { name, outcomes } of rows) {
  console.log(line(name, [outcomes.length, ...results.map((result) => count(outcomes, result))]));
}
const all = rows.flatMap(({ outcomes }) => outcomes);
const [converged, doubled, lost] = results.map((result) => count(all, result));
const again = all.filter(({ error }) => error !== undefined).length;
const named = all.filter((outcome) => outcome.named.length > 0).length;
console.log(
  `Seed ${seed}, ${Math.round((Date.now() - started) / 1000)} s. ${again} runs ended with an error, and the next one was to put it ` +
    `right; ${named} of them after what its warning named was deleted.`,
);
console.log(`${all.length} runs, ${converged} converged, ${doubled} doubled, ${lost} lost`);
process.exitCode = status === 0 && all.length > 0 && converged === all.length ? 0 : 1;
