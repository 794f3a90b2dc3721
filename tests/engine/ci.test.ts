import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { startSandbox, type Sandbox } from "gitlab-sandbox";

const repository = path.resolve(__dirname, "../..");
const folder = path.join(repository, "examples/ci");
const notes = "/projects/42/merge_requests/1/notes";
const hook = "urn:pulumi:dev::app::pulumi-nodejs:dynamic/gitlab:ProjectHook::deploys";
const slack = "urn:pulumi:dev::app::pulumi-nodejs:dynamic/gitlab/integrations:Slack::alerts";

let sandbox: Sandbox;
let temporary: string;

beforeEach(async () => {
  sandbox = await startSandbox({ tokens: [{ token: "note-token-0", role: "reporter" }] });
  temporary = mkdtempSync(path.join(tmpdir(), "ci-"));
});

afterEach(async () => {
  await sandbox.stop();
  rmSync(temporary, { recursive: true, force: true });
});

async function post(preview: string, env: NodeJS.ProcessEnv = {}): Promise<{ status: number; printed: string }> {
  const file = path.join(temporary, "preview.json");
  writeFileSync(file, preview);
  const child = spawn(process.execPath, [path.join(folder, "post-preview.mjs"), file], {
    env: {
      PATH: process.env.PATH,
      CI_API_V4_URL: `${sandbox.url}/api/v4`,
      CI_PROJECT_ID: "42",
      CI_MERGE_REQUEST_IID: "1",
      CI_JOB_URL: "https://gitlab.example.com/acme/shop/-/jobs/7",
      NOTE_TOKEN: "note-token-0",
      PULUMI_STACK: "dev",
      ...env,
    },
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => printed.push(String(text)));
  const [status] = (await once(child, "close")) as [number];
  return { status, printed: printed.join("") };
}

async function stored(): Promise<{ id: number; body: string }[]> {
  const response = await fetch(`${sandbox.url}/api/v4${notes}?sort=asc`, {
    headers: { Authorization: `Bearer ${sandbox.token}` },
  });
  return (await response.json()) as { id: number; body: string }[];
}

/** The note that a preview leaves. */
async function noteFor(preview: unknown): Promise<string> {
  const { status, printed } = await post(typeof preview === "string" ? preview : JSON.stringify(preview));
  expect([status, printed]).toEqual([0, expect.stringMatching(/merge request|up to date/)]);
  return (await stored()).at(-1)?.body ?? "";
}

test("the recorded preview of a changed secret has its resource and no hidden property", async () => {
  const recorded = readFileSync(
    path.join(repository, "tests/recordings/second/29-preview-json-secret-change/output.txt"),
    "utf8",
  );
  const note = await noteFor(recorded);
  expect(note).toContain("### Preview of `dev`: 1 to update ([log](https://gitlab.example.com/acme/shop/-/jobs/7))");
  expect(note).toContain("update: ProjectHook m");
  expect(note).not.toContain("__");
});

/** What `pulumi preview --json` of CLI 3.256 wrote for the quickstart. */
function recordedPreview(name: string): string {
  return readFileSync(path.join(repository, "tests/engine/previews", `${name}.json`), "utf8");
}

test("the recorded first preview of the quickstart has everything that it makes", async () => {
  const note = await noteFor(recordedPreview("created"));
  expect(note).toContain("### Preview of `dev`: 8 to create");
  expect(note.match(/^create: .*$/gm)).toHaveLength(8);
  expect(note).toContain('+ urlVariables: {"key":"[secret]"}\n');
});

test("the recorded preview of a changed quickstart has each change, the one of a secret by name", async () => {
  const note = await noteFor(recordedPreview("changed"));
  expect(note).toContain("### Preview of `dev`: 1 to replace, 2 to update, 1 to create, 1 to delete");
  expect(note).toContain("**Secrets that change**\n\n```\nprojects/42/integrations/jenkins: password changes\n```");
  expect(note).toContain('update: integrations.Slack alerts\n- channel: "#shop"\n+ channel: "#store"\n```');
  expect(note).toContain("replace: ProjectHook deploys\n- token: [secret]\n- url: ");
});

test("the recorded preview that failed has the error and what was planned before it", async () => {
  const note = await noteFor(recordedPreview("failed"));
  expect(note).toContain("### Preview of `dev`: failed");
  expect(note).toContain("externalWikiUrl: must be a URL that starts with http:// or https://");
  expect(note).toContain("replace: ProjectHook deploys");
});

test("each property has its value before and after, secrets by name alone", async () => {
  const note = await noteFor({
    steps: [
      { op: "same", urn: "urn:pulumi:dev::app::pulumi:pulumi:Stack::app-dev" },
      {
        op: "update",
        urn: hook,
        oldState: { inputs: { url: "https://a", token: "[secret]", customHeaders: { "X-A": "[secret]" }, gone: 1 } },
        newState: {
          inputs: { url: "https://b", token: "[secret]", customHeaders: { "X-A": "[secret]", "X-B": "[secret]" } },
        },
      },
      { op: "create", urn: slack, newState: { inputs: { webhook: "[secret]", channel: "#shop", __provider: "x" } } },
      { op: "delete", urn: hook.replace("deploys", "old"), oldState: { inputs: { url: "https://old" } } },
    ],
    diagnostics: [
      { urn: hook, severity: "info", message: "projects/42/hooks/7: token changes\n" },
      { urn: hook, severity: "warning", message: "with the URL, GitLab drops the header X-C.\n" },
      { urn: slack, severity: "info", message: "Slack will take over projects/42/integrations/slack.\n" },
    ],
  });
  expect(note).toContain("1 to update, 1 to create, 1 to delete");
  expect(note).toContain('- gone: 1\n- url: "https://a"\n+ url: "https://b"\n');
  expect(note).toContain("+ customHeaders.X-B: [secret]\n");
  expect(note).toContain(
    "**Secrets that change**\n\n```\nProjectHook deploys: projects/42/hooks/7: token changes\n```",
  );
  expect(note).toContain("**Warnings**\n\n```\nProjectHook deploys: with the URL, GitLab drops the header X-C.\n```");
  expect(note).toContain("**Notes**\n\n```\nintegrations.Slack alerts: Slack will take over");
  expect(note).toContain('create: integrations.Slack alerts\n+ channel: "#shop"\n+ webhook: [secret]\n');
  expect(note).toContain("delete: ProjectHook old\n```");
});

test("the next pipeline updates the same note, and each stack has one of its own", async () => {
  const author = { Authorization: `Bearer ${sandbox.token}`, "Content-Type": "application/json" };
  const quoted = { method: "POST", headers: author, body: JSON.stringify({ body: "<!-- pulumi-preview dev --> ?" }) };
  await fetch(`${sandbox.url}/api/v4${notes}`, quoted);
  await post(JSON.stringify({ steps: [] }));
  await post(JSON.stringify({ steps: [{ op: "create", urn: hook, newState: { inputs: {} } }] }));
  await post(JSON.stringify({ steps: [] }), { PULUMI_STACK: "prod" });
  const bodies = (await stored()).map(({ body }) => body);
  expect(bodies).toHaveLength(3);
  expect(bodies[0]).toBe("<!-- pulumi-preview dev --> ?");
  expect(bodies[1]).toContain("### Preview of `dev`: 1 to create");
  expect(bodies[2]).toContain("### Preview of `prod`: nothing to do");
});

test("a preview that failed says so, with its errors or without", async () => {
  const errors = [{ urn: hook, severity: "error", message: "url: must be a URL\n" }];
  expect(await noteFor({ steps: [], diagnostics: errors })).toMatch(
    /Preview of `dev`: failed .*\*\*Errors\*\*\n\n```\nProjectHook deploys: url: must be a URL/s,
  );
  expect(await noteFor("error: no stack selected\n")).toContain("### Preview of `dev` failed");
});

test("no text of the program becomes markup", async () => {
  const url = "```\n/close\n@all <img src=x>";
  const note = await noteFor({ steps: [{ op: "create", urn: hook, newState: { inputs: { url } } }] });
  expect(note).toContain('````diff\ncreate: ProjectHook deploys\n+ url: "```\\n/close\\n@all <img src=x>"\n````');
});

test("what GitLab refuses ends in one sentence without the token", async () => {
  const { status, printed } = await post("{}", { NOTE_TOKEN: "wrong-token-0" });
  expect(status).toBe(1);
  expect(printed).toContain("post-preview: GET /api/v4/user: 401");
  expect(printed).not.toContain("wrong-token-0");
});

test("the template is valid YAML, and its jobs run when they should", () => {
  // A dependency of the SDK, which reads Pulumi.yaml with it.
  const yaml = createRequire(require.resolve("@pulumi/pulumi"))("js-yaml") as { load: (text: string) => unknown };
  const template = yaml.load(readFileSync(path.join(folder, ".gitlab-ci.yml"), "utf8"));
  expect(template).toMatchObject({
    stages: ["review", "apply"],
    preview: { stage: "review", rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }] },
    policy: { stage: "review", rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }] },
    "policy-of-state": { rules: [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }] },
    apply: {
      stage: "apply",
      rules: [{ if: '$CI_PIPELINE_SOURCE != "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' }],
    },
  });
});
