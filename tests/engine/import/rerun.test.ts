import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { families } from "../../../provider/cli/import/options";
import { Folders, node, run, textOf } from "./support/command";
import { imported, takenOver, type Imported } from "./support/imported";
import { world, type World } from "./support/world";

const folders = new Folders();
let gitlab: World;
let program: Imported;

const all = ["--group", "acme", "--only", families.join(",")];

beforeAll(async () => {
  gitlab = await world();
  await one(gitlab.api, 42, { share: 11, fork: 47 });
  await gitlab.api("PUT", "/notification_settings", { level: "watch" });
  program = await imported(gitlab, folders, all);
});

afterAll(async () => {
  folders.remove();
  await gitlab.sandbox.stop();
});

/** One object of each kind that a project can have. */
async function one(api: World["api"], project: number, others: { share: number; fork: number }): Promise<void> {
  const root = `/projects/${project}`;
  await api("POST", `${root}/hooks`, { url: `https://ci.acme.dev/${project}`, token: "canary0token" });
  await api("PUT", `${root}/integrations/external-wiki`, { external_wiki_url: "https://wiki.acme.dev" });
  await api("POST", `${root}/push_rule`, { prevent_secrets: true });
  await api("PUT", `${root}/notification_settings`, { level: "mention" });
  await api("POST", `${root}/share`, { group_id: others.share, group_access: 30, expires_at: "2099-01-02" });
  await api("POST", `${root}/fork/${others.fork}`);
  const mirror = { url: "https://user:canary0mirror@git.acme.dev/x.git", enabled: true };
  await api("PUT", `${root}/mirror/pull`, mirror);
}

interface Report {
  readonly ok: boolean;
  readonly managed: number;
  readonly unmanaged: readonly { readonly family: string; readonly id: string }[];
  readonly missing: readonly { readonly family: string; readonly id: string }[];
}

async function check(...more: readonly string[]): Promise<{ status: number | null; report: Report }> {
  const { status, stdout } = await run(gitlab.sandbox, [...checking(), "--json", ...more]);
  expect(stdout).not.toContain("canary0");
  return { status, report: JSON.parse(stdout) as Report };
}

function checking(): string[] {
  return ["import", "--check", ...all, "--state", path.join(program.folder, "state.json")];
}

function kindsOf(objects: readonly { readonly family: string }[]): string[] {
  return objects.map(({ family }) => family).sort();
}

test("objects of every kind are taken over, and then a check finds all of them managed", async () => {
  // Three projects, and one of each of the other kinds; notification settings of the owner and of a project.
  const count = families.length + 2 + 1;
  expect((await takenOver(gitlab, program)).steps).toHaveLength(count);
  const { status, report } = await check();
  expect(report).toEqual({ ok: true, managed: count, unmanaged: [], missing: [], skipped: [] });
  expect(status).toBe(0);
});

test("a check counts what no stack manages and what is gone, of every kind", async () => {
  const { api } = gitlab;
  await one(api, 43, { share: 11, fork: 47 });
  const made = (await api("POST", "/projects", { name: "fresh", namespace_id: 9 })) as { id: number };
  await api("DELETE", "/projects/42/hooks/1");
  for (const gone of ["integrations/external-wiki", "push_rule", "share/11", "fork"]) {
    await api("DELETE", `/projects/42/${gone}`);
  }
  await api("PUT", "/projects/42/mirror/pull", { enabled: false });
  const { status, report } = await check();
  expect(status).toBe(3);
  expect(kindsOf(report.unmanaged)).toEqual([...families].sort());
  expect(report.unmanaged).toContainEqual({
    family: "projects",
    type: "Project",
    id: `projects/${made.id}`,
    path: "acme/fresh",
  });
  // Notification settings and mirrors cannot go, and the projects are there.
  expect(kindsOf(report.missing)).toEqual(["fork-relations", "hooks", "integrations", "push-rules", "shares"]);
  const { status: plainStatus, stdout: text } = await run(gitlab.sandbox, checking());
  expect(plainStatus).toBe(3);
  expect(text).not.toContain("canary0");
  expect(text).toContain("ProjectHook projects/43/hooks/2: acme/web to ci.acme.dev");
  expect(text).toContain("as acme/shop/external-wiki");
});

test("a check in a folder with a stack of another GitLab, or of other kinds, compares only its own", async () => {
  const { report } = await check("--only", "push-rules");
  expect([report.managed, kindsOf(report.unmanaged), kindsOf(report.missing)]).toEqual([
    0,
    ["push-rules"],
    ["push-rules"],
  ]);
  const state = path.join(program.folder, "state.json");
  const other = path.join(program.folder, "other.json");
  writeFileSync(other, readFileSync(state, "utf8").replaceAll(gitlab.sandbox.url, "https://gitlab.example.com"));
  const { stdout } = await run(gitlab.sandbox, ["import", "--check", ...all, "--state", other, "--json"]);
  expect((JSON.parse(stdout) as Report).managed).toBe(0);
});

test("a later import adds what is new and changes nothing that a person wrote", async () => {
  const { folder } = program;
  const changed = textOf(folder, "acme.ts").replace("preventSecrets: true", "preventSecrets: false /* mine */");
  writeFileSync(path.join(folder, "acme.ts"), changed);
  writeFileSync(path.join(folder, "index.ts"), `${textOf(folder, "index.ts")}export const mine = 1;\n`);
  const before = new Map(
    readdirSync(folder)
      .filter((name) => name.includes("."))
      .map((name) => [name, textOf(folder, name)]),
  );
  const args = ["import", "--out", folder, "--state", path.join(folder, "state.json")];
  const { status, stdout } = await run(gitlab.sandbox, [...args, "--json"]);
  expect(status).toBe(0);
  const summary = JSON.parse(stdout) as {
    files: string[];
    rerun: { missing: string[]; notInStack: string[] };
  };
  expect(summary).toMatchObject({ files: ["acme-2.ts", "gitlab-import.json"], extended: ["index.ts"], toAdd: {} });
  expect(summary.rerun.notInStack).toEqual([]);
  expect(summary.rerun.missing).toHaveLength(5);
  for (const [name, text] of before) {
    if (name === "gitlab-import.json") continue;
    const added = 'import "./acme-2";\n';
    expect([name, textOf(folder, name).replace(added, "")]).toEqual([name, text]);
  }
  expect(textOf(folder, "index.ts")).toMatch(
    /import "\.\/acme-2";\n\/\/ Later imports add their files above\.\nexport const mine/,
  );
  expect((await node(folder, ["node_modules/typescript/bin/tsc"])).stdout).toBe("");

  const again = await run(gitlab.sandbox, args);
  expect(again.stdout).toContain("8 objects are in the program as they were written, and in no stack: ");
  expect(again.stdout).toContain("there is nothing new");
});

test("where a person has removed the mark, the line to add is told and the file left alone", async () => {
  const { folder } = program;
  const mine = 'import "./acme";\n';
  writeFileSync(path.join(folder, "index.ts"), mine);
  await gitlab.api("POST", "/projects/44/hooks", { url: "https://ci.acme.dev/44" });
  const { stdout } = await run(gitlab.sandbox, ["import", "--out", folder]);
  expect(stdout).toContain('Add to index.ts, which no longer says where: import "./acme-3";');
  expect(stdout).toMatch(/The state could not be read, so only gitlab-import\.json counts: /);
  expect(textOf(folder, "index.ts")).toBe(mine);
});

test("a check without a state is an error that says how to give one", async () => {
  const empty = folders.make();
  const { status, stderr } = await run(gitlab.sandbox, ["import", "--check", ...all, "--out", empty]);
  expect(status).toBe(1);
  expect(stderr).toContain("--state FILE");
});

test("a folder that was written for another GitLab is left alone", async () => {
  const url = gitlab.sandbox.url.replace("127.0.0.1", "localhost");
  const { status, stderr } = await run(gitlab.sandbox, ["import", "--out", program.folder, "--base-url", url]);
  expect(status).toBe(1);
  expect(stderr).toContain(`is about ${gitlab.sandbox.url}, and not ${url}: choose another folder with --out.`);
});

test("a check in the folder of an import repeats its search, or a part of it", async () => {
  const args = [
    "import",
    "--check",
    "--out",
    program.folder,
    "--state",
    path.join(program.folder, "state.json"),
    "--json",
  ];
  const whole = JSON.parse((await run(gitlab.sandbox, args)).stdout) as Report;
  const part = JSON.parse((await run(gitlab.sandbox, [...args, "--only", "hooks"])).stdout) as Report;
  expect(whole.unmanaged.length).toBeGreaterThan(families.length);
  expect([part.managed, kindsOf(part.unmanaged), kindsOf(part.missing)]).toEqual([0, ["hooks", "hooks"], ["hooks"]]);
});
