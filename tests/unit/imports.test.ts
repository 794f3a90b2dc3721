import { spawnSync } from "node:child_process";
import * as path from "node:path";

const repository = path.resolve(__dirname, "../..");
const program = path.join(repository, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");

interface Cruised {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly cycle?: readonly { readonly name: string }[] }[];
  };
}

/** The circles among the files of a folder, imports of types included. */
function circlesIn(folder: string): { readonly files: number; readonly circles: string[] } {
  const args = [program, "--config", path.join(repository, ".dependency-cruiser.cjs"), "--output-type", "json", folder];
  const { stdout } = spawnSync(process.execPath, args, { cwd: repository, encoding: "utf8", maxBuffer: 1e8 });
  const { summary } = JSON.parse(stdout) as Cruised;
  const circles = summary.violations.map(({ cycle = [] }) => cycle.map(({ name }) => name).join(" -> "));
  return { files: summary.totalCruised, circles };
}

test.each(["provider", "sandbox"])("no file of %s/ imports itself over others", (folder) => {
  const { files, circles } = circlesIn(folder);
  expect(files).toBeGreaterThan(100);
  expect(circles).toEqual([]);
});
