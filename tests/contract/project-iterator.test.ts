import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { startSandbox, type Sandbox } from "gitlab-sandbox";

const repository = path.resolve(__dirname, "../..");

// Whole projects take the emulator minutes to write: they are for looking at the figures.
const shape = process.env.WHOLE_PROJECTS === undefined ? "simple" : "whole";

/** What a program finds that reads every project one by one. */
const program = `
  const gitlab = require(process.argv[1]);
  const last = Number(process.argv[2]);
  async function main() {
    const seen = new Uint8Array(last + 1);
    const heap = [];
    let count = 0;
    for await (const { id } of gitlab.eachProject({ simple: process.argv[3] === "simple" })) {
      seen[id] += 1;
      count += 1;
      if (count % 10_000 !== 0) continue;
      global.gc();
      heap.push(process.memoryUsage().heapUsed);
    }
    const once = seen.reduce((sum, times) => sum + (times === 1 ? 1 : 0), 0);
    console.log(JSON.stringify({ count, once, heap, peak: process.resourceUsage().maxRSS * 1024 }));
  }
  main();
`;

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({});
});

afterAll(async () => {
  await sandbox.stop();
});

test("reads 60,000 projects, each once, in little memory", async () => {
  const { lastId } = sandbox.control.seedProjects({ count: 60_000 });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--expose-gc", "-e", program, repository, String(lastId), shape],
    { env: { PATH: process.env.PATH, GITLAB_BASE_URL: sandbox.url, GITLAB_TOKEN: sandbox.token } },
  );
  const { count, once, heap, peak } = JSON.parse(stdout) as {
    count: number;
    once: number;
    heap: number[];
    peak: number;
  };
  const all = sandbox.control.objects().projects;
  expect(all).toBeGreaterThan(60_000);
  expect([count, once]).toEqual([all, all]);
  expect(sandbox.control.requests()).toHaveLength(Math.floor(all / 100) + 1);
  // Ten thousand projects that were kept would take several times as much.
  const [first = 0] = heap;
  expect(Math.max(...heap) - first).toBeLessThan(5_000_000);
  expect(peak).toBeLessThan(500_000_000);
  if (shape === "whole") console.log(JSON.stringify({ heap, peak }));
}, 600_000);
