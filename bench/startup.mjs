// What this package adds to a Pulumi program, over @pulumi/pulumi alone: the time to load it and the time to check its
// types. Each figure is the median of several runs, and the two kinds take turns, since machines are noisy.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const loads = 11;
const checks = 5;

const programs = {
  "@pulumi/pulumi alone": {
    load: `require("@pulumi/pulumi");`,
    check: `import * as pulumi from "@pulumi/pulumi";
export const name = pulumi.output("shop");
`,
  },
  "with pulumi-gitlab-dynamic": {
    load: `require("@pulumi/pulumi"); require("pulumi-gitlab-dynamic");`,
    check: `import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";
export const name = pulumi.output("shop");
export const hook = new gitlab.ProjectHook("h", { project: "acme/shop", url: "https://ci.example.com", pushEvents: true });
export const slack = new gitlab.integrations.Slack("s", { project: "acme/shop", webhook: "https://hooks.slack.com/x" });
export const jira = new gitlab.integrations.Jira("j", {
  group: "acme",
  url: "https://jira.example.com",
  username: "u",
  password: pulumi.secret("p"),
});
`,
  },
};

const folder = mkdtempSync(path.join(tmpdir(), "bench-startup-"));
try {
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(repository, path.join(folder, "node_modules/pulumi-gitlab-dynamic"), "dir");
  symlinkSync(path.join(repository, "node_modules/@pulumi"), path.join(folder, "node_modules/@pulumi"), "dir");
  symlinkSync(path.join(repository, "node_modules/@types"), path.join(folder, "node_modules/@types"), "dir");
  print("load", loads, (name) => run(["-e", programs[name].load]));
  print("type check", checks, (name) => {
    writeFileSync(path.join(folder, "program.ts"), programs[name].check);
    run([tsc, "--noEmit", "--strict", "--skipLibCheck", "--module", "node20", "--types", "node", "program.ts"]);
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(args) {
  execFileSync(process.execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

function print(title, runs, task) {
  const names = Object.keys(programs);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let turn = 0; turn < runs; turn++) {
    for (const name of names) {
      const start = performance.now();
      task(name);
      times[name].push(performance.now() - start);
    }
    process.stderr.write(`${title}: ${turn + 1} of ${runs}\r`);
  }
  const medians = names.map((name) => times[name].sort((a, b) => a - b)[Math.floor(runs / 2)]);
  console.log(`${title}, median of ${runs} runs on Node ${process.versions.node}`);
  for (const [index, name] of names.entries()) {
    const ratio = (medians[index] / medians[0]).toFixed(2);
    console.log(`  ${name.padEnd(28)} ${medians[index].toFixed(0).padStart(6)} ms  ${ratio} x`);
  }
}
