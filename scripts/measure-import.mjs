// Imports 1,000 projects with 3,000 objects from the sandbox, and prints what that takes. `npm run build` first.
// node scripts/measure-import.mjs [projects] [more options of the command]
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { performance } from "node:perf_hooks";
import { clearInterval, setInterval } from "node:timers";
import { fileURLToPath } from "node:url";
import { startSandbox } from "gitlab-sandbox";

const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [count = "1000", ...options] = process.argv.slice(2);
const sandbox = await startSandbox();
await populate(Number(count));
const out = mkdtempSync(path.join(tmpdir(), "measured-"));
try {
  await measure();
} finally {
  rmSync(out, { recursive: true });
  await sandbox.stop();
}

/** Twenty groups; each project has a hook to one CI, a hook to an address of its own, and an integration. */
async function populate(projects) {
  const { control } = sandbox;
  const each = Math.ceil(projects / 20);
  for (let index = 0; index * each < projects; index++) {
    const seed = { count: Math.min(each, projects - index * each), group: `fleet/team-${index}`, hooks: 1 };
    const { firstId, lastId } = control.seedProjects(seed);
    for (let id = firstId; id <= lastId; id++) {
      const body = { url: "https://ci.acme.dev/gitlab", token: "canary0ci", tag_push_events: true };
      const answer = await fetch(`${sandbox.url}/api/v4/projects/${id}/hooks`, {
        method: "POST",
        headers: { Authorization: `Bearer ${sandbox.token}`, "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`POST hook: ${answer.status}`);
      const values = { external_wiki_url: `https://wiki.acme.dev/${id}` };
      control.seedIntegration({ scope: `projects/${id}`, slug: "external-wiki", values });
    }
  }
  control.log.clear();
}

async function measure() {
  const args = ["import", "--group", "fleet", "--recursive", "--out", out, ...options];
  const env = { PATH: process.env.PATH, GITLAB_TOKEN: sandbox.token, GITLAB_BASE_URL: sandbox.url };
  const child = spawn(process.execPath, [path.join(repository, "bin/pulumi-gitlab.js"), ...args], {
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  let [peak, requests] = [0, 0];
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
    // The log keeps the last requests only.
    requests += sandbox.control.requests().length;
    sandbox.control.log.clear();
  }, 20);
  const started = performance.now();
  await new Promise((resolve) => child.once("close", resolve));
  clearInterval(timer);
  requests += sandbox.control.requests().length;
  const texts = readdirSync(out)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(path.join(out, name), "utf8"));
  const lines = texts.reduce((sum, text) => sum + text.split("\n").length - 1, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${seconds} s, ${requests} requests, ${lines} lines in ${texts.length} files, ${Math.round(peak / 1024)} MB at most`,
  );
}

/** The peak of a process's memory in kilobytes, on Linux. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
