import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

const repository = path.resolve(__dirname, "../..");
const scripts = path.join(repository, "examples/ci");
const type = "pulumi-nodejs:dynamic/gitlab";
const urn = (kind: string, name: string): string => `urn:pulumi:dev::app::${type}${kind}::${name}`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ci-forks-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs one of the scripts as a job without any variable of the project does. */
function run(script: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const own = { PATH: [folder, path.dirname(process.execPath), "/usr/bin", "/bin"].join(path.delimiter), ...env };
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(scripts, script), ...args], {
    cwd: folder,
    encoding: "utf8",
    env: own,
  });
  return { status, printed: stdout + stderr };
}

/** What the script prints of a preview where it may write no note. */
function printed(preview: unknown, env: Readonly<Record<string, string>> = { PREVIEW_OFFLINE: "dev" }): string {
  const file = path.join(folder, "preview.json");
  writeFileSync(file, typeof preview === "string" ? preview : JSON.stringify(preview));
  const { status, printed: text } = run("post-preview.mjs", [file], env);
  expect(status).toBe(0);
  return text;
}

const recorded = readFileSync(path.join(repository, "tests/engine/previews/drift.json"), "utf8");

test("without a token for notes the preview is printed, and why it is said once", () => {
  const text = printed(recorded, { PULUMI_STACK: "dev" });
  expect(text).toMatch(
    /^NOTE_TOKEN is not set, so the preview is here and not on the merge request\.\n### Preview of `dev`: /,
  );
  expect(text.match(/is not set/g)).toHaveLength(1);
  expect(printed(recorded)).toMatch(/^### Preview of `dev`, offline: /);
});

test("what somebody has changed on GitLab is told apart from what the program changes", () => {
  const [, drift = "", plan = ""] = printed(recorded).split(/\*\*Changed on GitLab.*\*\*|\*\*What `up` does\*\*/);
  expect(drift).toContain(
    'changed: ProjectHook plain\n- enableSslVerification: false\n+ enableSslVerification: true\n- url: "http://a.',
  );
  expect(drift).toContain(
    'changed: fleet.ProjectHook hooks, entry web\n- url: "http://c.example.com"\n+ url: "http://fleet-drift',
  );
  expect(drift).toContain("gone: ProjectHook good\n```");
  expect(drift).toContain("gone: integrations.Asana asana\n```");
  // By hand it was made what the program makes of it: there is nothing left to do, and still somebody did it.
  expect(drift).toContain("changed: ProjectPushRule rules\n- preventSecrets: false\n+ preventSecrets: true\n");
  expect(plan).not.toContain("ProjectPushRule rules");
  expect(plan).toContain("update: ProjectHook plain\n- enableSslVerification: true\n+ enableSslVerification: false\n");
  expect(plan).toContain("create: integrations.Asana asana\n");
  expect(drift).not.toMatch(/asanas|app-dev|__/);
});

test("a preview without --show-sames says of nothing that it is gone which it does not make again", () => {
  const state = { inputs: { project: 42 } };
  const steps = [
    { op: "refresh", urn: urn(":ProjectHook", "kept"), oldState: state, newState: state },
    { op: "refresh", urn: urn(":ProjectHook", "gone"), oldState: state, newState: state },
    { op: "create", urn: urn(":ProjectHook", "gone"), newState: state },
  ];
  const text = printed({ steps });
  expect(text).toContain("gone: ProjectHook gone");
  expect(text).not.toContain("ProjectHook kept");
  const same = { op: "same", urn: urn(":ProjectHook", "other"), oldState: state, newState: state };
  expect(printed({ steps: [...steps, same] })).toContain("gone: 2 x ProjectHook: kept, gone");
});

test("equal changes are one, with the names of all, and of new ones the places too", () => {
  expect(printed(recorded)).toContain(
    [
      "create: 6 x ProjectHook: all-acme/api, all-acme/shop, all-acme/web, all-acme/platform/gateway, all-acme/platform/auth, all-globex/site",
      '+ project: "acme/api", "acme/shop", "acme/web", "acme/platform/gateway", "acme/platform/auth", "globex/site"',
      "+ token: [secret]",
      '+ url: "https://all.example.com"',
      "```",
    ].join("\n"),
  );
  const many = Array.from({ length: 300 }, (_, index) => ({
    op: "update",
    urn: urn(":ProjectHook", `ci-${index}`),
    oldState: { inputs: { project: index, url: "https://a" } },
    newState: { inputs: { project: index, url: index === 7 ? "https://c" : "https://b" } },
  }));
  const text = printed({ steps: many });
  expect(text).toContain(
    "299 x ProjectHook: ci-0, ci-1, ci-2, ci-3, ci-4, ci-5, ci-6, ci-8, ci-9, ci-10 and 289 more\n- url",
  );
  expect(text).toContain('update: ProjectHook ci-7\n- url: "https://a"\n+ url: "https://c"');
  expect(text.match(/```diff/g)).toHaveLength(2);
});

test("moves to different projects are not taken for equal", () => {
  const moved = (name: string, to: number) => ({
    op: "replace",
    urn: urn(":ProjectHook", name),
    oldState: { inputs: { project: 1 } },
    newState: { inputs: { project: to } },
  });
  const text = printed({ steps: [moved("a", 2), moved("b", 3)] });
  expect(text).toContain("replace: ProjectHook a\n- project: 1\n+ project: 2\n");
  expect(text).toContain("replace: ProjectHook b\n- project: 1\n+ project: 3\n");
});

test("of a fleet each entry that changes is shown, equal ones as one", () => {
  const entry = (url: string) => ({ project: "acme/x", url, token: "[secret]" });
  const before = { a: entry("https://a"), b: entry("https://a"), c: entry("https://a"), gone: entry("https://a") };
  const after = { a: entry("https://b"), b: entry("https://b"), c: entry("https://a"), new: entry("https://n") };
  const text = printed({
    steps: [
      {
        op: "update",
        urn: urn("/fleet:ProjectHook", "hooks"),
        oldState: { inputs: { entries: before } },
        newState: { inputs: { entries: after } },
      },
    ],
  });
  expect(text).toContain("1 to update");
  expect(text).toContain(
    'update: 2 x fleet.ProjectHook hooks, entry: a, b\n- url: "https://a"\n+ url: "https://b"\n```',
  );
  expect(text).toContain("delete: fleet.ProjectHook hooks, entry gone\n```");
  expect(text).toContain('create: fleet.ProjectHook hooks, entry new\n+ project: "acme/x"\n');
  expect(text).not.toContain("entry c");
});

test("an entry of a fleet that somebody has deleted is gone, and made again", () => {
  const [a, b] = [
    { project: 1, url: "https://a" },
    { project: 2, url: "https://b" },
  ];
  const fleet = urn("/fleet:ProjectHook", "hooks");
  const [before, found] = [{ inputs: { entries: { a, b } } }, { inputs: { entries: { a } } }];
  const text = printed({
    steps: [
      { op: "refresh", urn: fleet, oldState: before, newState: before },
      { op: "update", urn: fleet, oldState: found, newState: before },
    ],
  });
  expect(text).toContain("gone: fleet.ProjectHook hooks, entry b\n```");
  expect(text).toContain("create: fleet.ProjectHook hooks, entry b\n+ project: 2\n");
});

const settings = `secretsprovider: awskms://x
encryptedkey: QUJD
encryptionsalt: v1:abc
config:
  gitlab:token:
    secure: v1:canary/EEEE
  app:group: acme
  app:note: "secure: not this"
  app:hookToken:
    secure: v1:canary/AAAA
  app:signing:
    secure: v1:canary/BBBB
  app:nested:
    list:
      - secure: v1:canary/CCCC
      - name: x
        token:
          secure: v1:canary/DDDD
`;

/** A `pulumi` that notes how it is called. */
function installPulumi(): () => string {
  const [file, log] = [path.join(folder, "pulumi"), path.join(folder, "calls.txt")];
  writeFileSync(file, `#!/bin/sh\necho "$PULUMI_STACK: $*" >> '${log}'\n`);
  chmodSync(file, 0o755);
  return () => (existsSync(log) ? readFileSync(log, "utf8") : "");
}

const withoutSecretsOf = { PULUMI_STACK: "acme/app/prod" };

test("without a backend a preview has a stack of its own, with the settings but for the secrets, and says why once", () => {
  const calls = installPulumi();
  writeFileSync(path.join(folder, "Pulumi.prod.yaml"), settings);
  writeFileSync(path.join(folder, "placeholders.json"), '{"app:signing": "whsec_own"}');
  const { status, printed: text } = run("select-stack.mjs", [], withoutSecretsOf);
  expect(text).toMatch(
    /^Neither PULUMI_ACCESS_TOKEN nor PULUMI_BACKEND_URL is set, as in pipelines of forks\.[^\n]*\n$/,
  );
  expect(status).toBe(0);
  expect(calls()).toMatch(/^offline: login file:\/\/\S*\.pulumi-offline\noffline: stack init offline\n$/);
  expect(readFileSync(path.join(folder, "offline.env"), "utf8")).toBe(
    "export PULUMI_STACK='offline'\nexport PULUMI_CONFIG_PASSPHRASE=''\nexport PREVIEW_OFFLINE='acme/app/prod'\n" +
      "export GITLAB_PREVIEW_CHECKS='false'\n",
  );
  const placeholder = '"https://discord.com/api/webhooks/0/not-available-in-this-pipeline"';
  expect(readFileSync(path.join(folder, "Pulumi.offline.yaml"), "utf8")).toBe(`config:
  app:group: acme
  app:note: "secure: not this"
  app:hookToken: ${placeholder}
  app:signing: "whsec_own"
  app:nested:
    list:
      - ${placeholder}
      - name: x
        token: ${placeholder}
`);
});

test("with a backend the stack itself is selected, and nothing is said", () => {
  const calls = installPulumi();
  for (const name of ["PULUMI_ACCESS_TOKEN", "PULUMI_BACKEND_URL"]) {
    const { status, printed: text } = run("select-stack.mjs", [], { ...withoutSecretsOf, [name]: "x" });
    expect([status, text]).toEqual([0, ""]);
  }
  expect(calls()).toBe("acme/app/prod: login\nacme/app/prod: stack select acme/app/prod\n".repeat(2));
  expect(existsSync(path.join(folder, "offline.env"))).toBe(false);
});

test("a name of a stack stays a name in the shell", () => {
  installPulumi();
  run("select-stack.mjs", [], { PULUMI_STACK: "x'; touch pwned; '" });
  spawnSync("/bin/sh", ["-c", ". ./offline.env"], { cwd: folder });
  expect(existsSync(path.join(folder, "pwned"))).toBe(false);
});
