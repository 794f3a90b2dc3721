import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import ts from "typescript";

const repository = path.resolve(__dirname, "../..");
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const exported = "provider/resources/integration/index.ts";
const facts = "sandbox/gitlab/facts/tools.ts";
const classFile = (slug: string): string => `provider/resources/integration/catalog/${slug}.ts`;

/** A copy of what the command reads and writes. */
class Copy {
  readonly folder = mkdtempSync(path.join(tmpdir(), "new-integration-"));

  constructor() {
    folders.push(this.folder);
    const files = ["scripts", "provider/resources/integration", "sandbox/gitlab/facts", "tests/catalog.json"];
    for (const file of files) {
      mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
      cpSync(path.join(repository, file), path.join(this.folder, file), { recursive: true });
    }
    for (const file of ["package.json", ".prettierrc.json"].filter((name) => existsSync(path.join(repository, name))))
      cpSync(path.join(repository, file), path.join(this.folder, file));
    symlinkSync(path.join(repository, "node_modules"), path.join(this.folder, "node_modules"));
  }

  run(...args: readonly string[]): {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  } {
    return spawnSync(process.execPath, ["scripts/new-integration.mjs", ...args], {
      cwd: this.folder,
      encoding: "utf8",
    });
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), "utf8");
  }
}

/** What the compiler says of files of a copy, in the place of the repository's own. */
function problemsIn(copy: Copy, files: readonly string[]): string[] {
  const own = new Map(files.map((file) => [path.join(repository, file), copy.read(file)]));
  const base = ts.readConfigFile(path.join(repository, "tsconfig.base.json"), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(base.config, ts.sys, repository);
  const checked = { ...options, composite: false, incremental: false, noEmit: true, skipLibCheck: true };
  const host = ts.createCompilerHost(checked);
  host.readFile = (file) => own.get(file) ?? ts.sys.readFile(file);
  host.fileExists = (file) => own.has(file) || ts.sys.fileExists(file);
  const program = ts.createProgram([...own.keys()], checked, host);
  return [...own.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  });
}

/** Expects a piece to be all that is new in a file, before the first part whose slug comes after `lab-tool`. */
function expectInOrder(copy: Copy, file: string, piece: string | RegExp, slug: RegExp): void {
  const text = copy.read(file);
  expect(text.replace(piece, "")).toBe(readFileSync(path.join(repository, file), "utf8"));
  const [before = "", after = ""] = text.split(piece);
  expect(slug.exec(after)?.[1]?.localeCompare("lab-tool")).toBe(1);
  const slugs = [...before.matchAll(new RegExp(slug, "gm"))].map(([, found]) => found ?? "");
  expect(slugs.filter((found) => found > "lab-tool")).toEqual([]);
}

const tracker = ["url:url!+clears", "api_url:url+clears", "api_token:secret!", "zentao_product_xid:text!"];

const copy = new Copy();

test("starts a documented integration: its class, its export, the sandbox's facts and its parameters", () => {
  const fields = [...tracker, "note:secret", "verify:flag", "depth:integer+clears", "level:integer!", "api_2x:text"];
  const { status, stdout, stderr } = copy.run("lab-tool", ...fields, "--title", "Lab Tool");
  expect([status, stderr]).toEqual([0, ""]);
  const written = copy.read(classFile("lab-tool"));
  expect(written).toContain("  url: field(webUrl(), { clearsSecrets: true }),");
  expect(written).toContain("  apiToken: secret(requiredText()),");
  expect(written).toContain('  api2x: field(text(), { wire: "api_2x" }),');
  expect(written).toContain("@see https://docs.gitlab.com/api/project_integrations/#lab-tool");
  expect(written).not.toContain("undocumented");
  expect(written).toContain('  slug: "lab-tool",\n  fields,');
  const line = 'export { LabTool, type LabToolArgs } from "./catalog/lab-tool";\n';
  expectInOrder(copy, exported, line, /from ".\/catalog\/([\w-]+)"/);
  expect(copy.read(facts)).toMatch(/slug: "lab-tool",\n {4}title: "Lab Tool",\n {4}scopes: BOTH,/);
  expectInOrder(copy, facts, /^ {2}\{\n {4}slug: "lab-tool",[^]*?^ {2}\},\n/m, /^ {4}slug: "([\w-]+)"/m);
  expect(copy.read(facts)).toContain('secret("api_token"),');
  const catalog = JSON.parse(copy.read("tests/catalog.json")) as { integrations: { slug: string; params: object[] }[] };
  const params = catalog.integrations.find(({ slug }) => slug === "lab-tool")?.params;
  expect(params).toHaveLength(fields.length + 1);
  expect(params?.[2]).toEqual({ name: "api_token", type: "string", required: true });
  const places = written.split("\n").flatMap((line, n) => (line.includes("FILL IN") ? [`lab-tool.ts:${n + 1}: `] : []));
  expect(places.length).toBeGreaterThan(fields.length);
  expect(places.filter((place) => !stdout.includes(place))).toEqual([]);
});

test("starts one of groups alone that is not documented, an issue tracker that the sandbox knows already", () => {
  writeFileSync(path.join(copy.folder, "sandbox/gitlab/facts/known.ts"), 'export const KNOWN = { slug: "zz-track" };');
  const before = [facts, "tests/catalog.json"].map((file) => copy.read(file));
  const { status } = copy.run("zz-track", ...tracker, "--group-only", "--undocumented", "--issue-tracker");
  expect(status).toBe(0);
  const written = copy.read(classFile("zz-track"));
  expect(written).toMatch(/groupIntegration\(\{[^]*undocumented: "FILL IN: [^]*exclusive: issueTracker,/);
  expect(written).toContain("Not in GitLab's API documentation.");
  expect(written).toContain('group: "acme",');
  expect(copy.read(exported)).toMatch(/\nexport \{ ZzTrack, type ZzTrackArgs \} from ".\/catalog\/zz-track";\n$/);
  expect([facts, "tests/catalog.json"].map((file) => copy.read(file))).toEqual(before);
});

test("starts one of projects alone", () => {
  expect(copy.run("lab-tool-two", "level:integer!", "--project-only").status).toBe(0);
  expect(copy.read(classFile("lab-tool-two"))).toContain("extends ProjectIntegrationArgs<typeof fields> {}");
  expect(copy.read(facts)).toContain('scopes: ["project"],');
});

test("writes what type checks", () => {
  const written = ["lab-tool", "lab-tool-two", "zz-track"].map(classFile);
  expect(problemsIn(copy, [...written, exported, facts])).toEqual([]);
});

test.each([
  [["Lab"], /SLUG must be small letters.*\n.*At least one FIELD/],
  [["slack", "a:text"], /catalog\/slack\.ts is there already/],
  [["lab", "a:text", "--class", "Slack"], /A class Slack is there already/],
  [["lab", "a:word"], /a:word is no FIELD/],
  [["lab", "a:flag!"], /leave out the "!"/],
  [["lab", "a:text", "a:url"], /given twice/],
  [["lab", "a:text", "--group-only", "--project-only"], /exclude each other/],
])("%j is refused, and nothing is written", (args, reason) => {
  const before = [exported, facts, "tests/catalog.json"].map((file) => copy.read(file));
  const { status, stderr } = copy.run(...args);
  expect([status, stderr]).toEqual([1, expect.stringMatching(reason)]);
  expect([exported, facts, "tests/catalog.json"].map((file) => copy.read(file))).toEqual(before);
});
