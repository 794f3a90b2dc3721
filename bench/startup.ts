import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";

const repository = path.resolve(__dirname, "../..");
const tsc = require.resolve("typescript/bin/tsc");
const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "node20", "--types", "node"];
const sdk = 'require("@pulumi/pulumi");';

/** What a program loads, and what the provider process loads, each beside the SDK alone. */
const loads: Readonly<Record<string, string>> = {
  "@pulumi/pulumi alone": sdk,
  "a program: the import": `${sdk} require("pulumi-gitlab-dynamic");`,
  "a program: one hook": `${sdk} require("pulumi-gitlab-dynamic").ProjectHook;`,
  "a program: all classes": `${sdk} const g = require("pulumi-gitlab-dynamic"); Object.values(g); Object.values(g.integrations);`,
  "the provider process: one kind": `${sdk} require("pulumi-gitlab-dynamic/handlers").handler("ProjectHook");`,
  "the provider process: all kinds": `${sdk} require("pulumi-gitlab-dynamic/handlers").definitionsByName();`,
};

const checks: Readonly<Record<string, string>> = {
  "@pulumi/pulumi alone": `import * as pulumi from "@pulumi/pulumi";
export const name = pulumi.output("shop");
`,
  "with pulumi-gitlab-dynamic": `import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";
export const name = pulumi.output("shop");
export const hook = new gitlab.ProjectHook("h", { project: "acme/shop", url: "https://ci.example.com", pushEvents: true });
export const slack = new gitlab.integrations.Slack("s", { project: "acme/shop", webhook: "https://hooks.slack.com/x" });
`,
};

/**
 * What the package adds to `@pulumi/pulumi` alone: the time to load it, in a program and in the provider process, and the
 * time to check its types. Medians; those that are compared take turns.
 *
 * @param done called after each run with what it was
 */
export function startup(runs: number, done: (what: string) => void): string {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-startup-"));
  try {
    mkdirSync(path.join(folder, "node_modules"));
    for (const name of ["@pulumi", "@types"]) {
      symlinkSync(path.join(repository, "node_modules", name), path.join(folder, "node_modules", name), "dir");
    }
    symlinkSync(repository, path.join(folder, "node_modules/pulumi-gitlab-dynamic"), "dir");
    const run = (args: readonly string[]): void => {
      execFileSync(process.execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    };
    const loaded = medians(loads, runs, done, (code) => {
      run(["-e", code]);
    });
    const checked = medians(checks, Math.ceil(runs / 2), done, (code) => {
      writeFileSync(path.join(folder, "program.ts"), code);
      run([tsc, ...options, "program.ts"]);
    });
    return [section("Time to load", loaded), section("Time to check types", checked)].join("\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function medians(
  texts: Readonly<Record<string, string>>,
  runs: number,
  done: (what: string) => void,
  task: (text: string) => void,
): ReadonlyMap<string, number> {
  const times = new Map(Object.keys(texts).map((name) => [name, [] as number[]]));
  for (let turn = 0; turn < runs; turn++) {
    for (const [name, text] of Object.entries(texts)) {
      const start = performance.now();
      task(text);
      times.get(name)?.push(performance.now() - start);
      done(`${turn + 1} of ${runs}: ${name}`);
    }
  }
  return new Map([...times].map(([name, of]) => [name, of.sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0]));
}

function section(title: string, times: ReadonlyMap<string, number>): string {
  const [alone = 0] = times.values();
  const lines = [...times].map(([name, time]) => {
    const [shown, more] = [time.toFixed(0).padStart(6), (time - alone).toFixed(0).padStart(6)];
    return `  ${name.padEnd(34)}${shown} ms${time === alone ? "" : `  ${more} ms more  ${(time / alone).toFixed(2)} x`}`;
  });
  return `${title}\n\n${lines.join("\n")}\n`;
}
