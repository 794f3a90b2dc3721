import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import * as path from "node:path";
import { Folders, node, programIn, run, start, textOf } from "./support/command";
import { world, type World } from "./support/world";

const folders = new Folders();
let gitlab: World;

beforeEach(async () => {
  gitlab = await world();
  for (const project of [42, 43, 44]) {
    await gitlab.api("POST", `/projects/${project}/hooks`, { url: `https://ci.acme.dev/${project}` });
  }
  await gitlab.api("PUT", "/projects/42/integrations/external-wiki", { external_wiki_url: "https://wiki.acme.dev" });
});

afterEach(() => gitlab.sandbox.stop());
afterAll(() => {
  folders.remove();
});

/** What a run wrote, but for the packages that were there before. */
function written(folder: string): string[] {
  return readdirSync(folder).filter((name) => name !== "node_modules");
}

test("a project that the token may not read is named and skipped, and the rest is written", async () => {
  const folder = folders.make();
  gitlab.sandbox.control.setToken({ token: "limited", role: "owner", access: { "acme/web": "developer" } });
  const { status, stdout } = await run(gitlab.sandbox, ["import", "--group", "acme", "--out", folder], "limited");
  expect(status).toBe(2);
  expect(stdout).toContain("Skipped project acme/web (hooks, integrations, push-rules): GET /projects/43/hooks: 403");
  const program = programIn(folder);
  expect(program).toContain('"acme/shop/ci.acme.dev"');
  expect(program).toContain('"acme/api/ci.acme.dev"');
  expect(program).not.toContain("acme/web");
});

test("a project that does not exist is skipped too", async () => {
  const folder = folders.make();
  const args = ["import", "--project", "acme/gone", "--project", "acme/shop", "--out", folder, "--json"];
  const { status, stdout } = await run(gitlab.sandbox, args);
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    projects: 1,
    resources: { hooks: 1, integrations: 1 },
    skipped: [{ where: "project acme/gone", what: [] }],
  });
});

test.each(["SIGINT", "SIGTERM"] as const)("%s leaves no file behind", async (signal) => {
  const folder = folders.make();
  gitlab.sandbox.control.configure({ latency: 100 });
  const { child, ended } = start(gitlab.sandbox, ["import", "--group", "acme", "--recursive", "--out", folder]);
  while (gitlab.sandbox.control.requests().length < 20) await sleep(20);
  child.kill(signal);
  const { status, stderr } = await ended;
  expect(status).toBe(signal === "SIGINT" ? 130 : 143);
  expect(stderr).toContain("nothing was written");
  expect(written(folder)).toEqual([]);
});

test("a storm of 429s is waited out", async () => {
  const folder = folders.make();
  gitlab.sandbox.control.addFault({
    status: 429,
    headers: { "Retry-After": "1" },
    body: "Retry later\n",
    skip: 8,
    times: 40,
  });
  const { status, stdout } = await run(gitlab.sandbox, ["import", "--group", "acme", "--out", folder, "--json"]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ resources: { hooks: 3, integrations: 1 }, skipped: [] });
  const refused = gitlab.sandbox.control.requests().filter((request) => request.status === 429);
  expect(refused).toHaveLength(40);
});

test("GitLab out of reach ends the run, with nothing written", async () => {
  const folder = folders.make();
  const url = gitlab.sandbox.url.replace("http:", "https:");
  const args = ["import", "--project", "acme/shop", "--base-url", url, "--out", folder];
  const { status, stdout, stderr } = await run(gitlab.sandbox, args);
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^pulumi-gitlab: GET \/projects\/acme\/shop: cannot reach /);
  expect(written(folder)).toEqual([]);
});

test("nothing is written when there is nothing that can be read", async () => {
  const folder = folders.make();
  const { status, stderr } = await run(gitlab.sandbox, ["import", "--group", "gone", "--out", folder]);
  expect(status).toBe(1);
  expect(stderr).toContain("nothing to import: group gone: GET /groups/gone: 404");
  expect(written(folder)).toEqual([]);
});

test("a token that GitLab does not accept ends the run with one sentence", async () => {
  const folder = folders.make();
  const { status, stdout, stderr } = await run(
    gitlab.sandbox,
    ["import", "--project", "acme/shop", "--out", folder],
    "wrong-token-0",
  );
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain("401");
  expect(stderr).not.toContain("wrong-token-0");
  expect(written(folder)).toEqual([]);
});

test("files of an earlier import are not overwritten unless told so", async () => {
  const folder = folders.make();
  writeFileSync(path.join(folder, "index.ts"), "// mine\n");
  const args = ["import", "--project", "acme/shop", "--out", folder];
  const refused = await run(gitlab.sandbox, args);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain("--force");
  expect(textOf(folder, "index.ts")).toBe("// mine\n");
  const forced = await run(gitlab.sandbox, [...args, "--force"]);
  expect(forced.status).toBe(0);
  expect(programIn(folder)).toContain("new gitlab.ProjectHook(");
});

test("a folder that is a Pulumi project already keeps its own files", async () => {
  const folder = folders.make();
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: mine\nruntime: nodejs\n");
  await run(gitlab.sandbox, ["import", "--project", "acme/shop", "--out", folder]);
  expect(textOf(folder, "Pulumi.yaml")).toBe("name: mine\nruntime: nodejs\n");
  expect(existsSync(path.join(folder, "package.json"))).toBe(true);
});

test("--only leaves the rest alone, and --include-inherited writes what is inherited", async () => {
  gitlab.sandbox.control.seedIntegration({ scope: "groups/acme", slug: "packagist", values: { username: "u" } });
  const folder = folders.make();
  gitlab.sandbox.control.log.clear();
  const args = ["import", "--project", "acme/shop", "--only", "integrations", "--include-inherited", "--no-inactive"];
  await run(gitlab.sandbox, [...args, "--out", folder]);
  expect(gitlab.sandbox.control.requests().map((request) => request.path)).toEqual([
    "/api/v4/projects/acme%2Fshop",
    "/api/v4/projects/42/integrations?per_page=100",
    "/api/v4/projects/42/integrations/external-wiki",
    "/api/v4/projects/42/integrations/packagist",
  ]);
  const program = programIn(folder);
  expect(program).not.toContain("ProjectHook");
  expect(program).toMatch(/new gitlab\.integrations\.Packagist\([^)]*useInheritedSettings: true/s);
  const { stdout } = await node(folder, ["node_modules/typescript/bin/tsc"]);
  expect(stdout).toBe("");
});

test("notification settings are written when asked for, and those that say nothing are not", async () => {
  await gitlab.api("PUT", "/projects/42/notification_settings", { level: "custom", new_note: true });
  const folder = folders.make();
  const args = ["import", "--group", "acme", "--only", "notifications", "--out", folder, "--json"];
  const { stdout } = await run(gitlab.sandbox, args);
  expect(JSON.parse(stdout)).toMatchObject({ resources: { hooks: 0, notifications: 1 } });
  expect(programIn(folder)).toContain('level: "custom"');
});
