import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

const repository = path.resolve(__dirname, "../..");
const demo = path.join(repository, "sandbox/dist/demo/main.js");

it("tells the quickstart's whole life on one page, and leaves nothing behind", async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [demo, "--stand-in"]);
  expect(stderr).toBe("");
  expect(stdout.split("\n").length).toBeLessThan(60);
  expect(stdout).not.toMatch(/-demo-secret|glpat-/);
  expect(stdout).toContain("0 changed, requests: 0 GET, 0 POST, 0 PUT, 0 DELETE");
  expect(stdout).toContain("pushEvents: false => true");
  expect(stdout).toContain("GitLab is as empty as before: 0 hooks, 0 integrations, 0 push rule sets");
  expect(existsSync(path.join(repository, "examples/quickstart/Pulumi.demo.yaml"))).toBe(false);
});
