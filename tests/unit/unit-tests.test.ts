import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import ts from "typescript";

const repository = path.resolve(__dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "unit-tests-"));

beforeAll(() => {
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
  const page = readFileSync(path.join(repository, "docs/unit-tests.md"), "utf8");
  for (const [, name = "", code = ""] of page.matchAll(/^`([\w.]+)\.ts`:\n\n```ts\n([^]*?)^```/gm)) add(name, code);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function add(name: string, code: string): void {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  writeFileSync(path.join(folder, `${name}.js`), ts.transpile(code, options));
}

/** Runs a file of the folder, without what this machine knows of a GitLab. */
function run(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const env = { ...process.env, GITLAB_TOKEN: "", GITLAB_BASE_URL: "" };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

const mocked = `import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";
const valueOf = (output: any) => new Promise((resolve) => output.apply(resolve));
const newResource = ({ inputs }: any) => ({ id: "id", state: inputs });
`;

test("the test in the documents passes, and fails with another program", () => {
  expect(run("--test", "infrastructure.test.js")).toMatchObject({ status: 0 });
  const file = path.join(folder, "infrastructure.js");
  const code = readFileSync(file, "utf8");
  writeFileSync(file, code.replace("releasesEvents: true", "releasesEvents: false"));
  expect(run("--test", "infrastructure.test.js").status).not.toBe(0);
  writeFileSync(file, code);
});

test("a fleet has IDs of the form of its kind on mocks that give none, and those that a mock gives", () => {
  add(
    "fleets",
    `${mocked}
async function main() {
  await pulumi.runtime.setMocks({ newResource, call: ({ inputs }: any) => inputs });
  const url = "https://ci.example.com";
  const hooks = new gitlab.Fleet("hooks", gitlab.ProjectHook, pulumi.output({ a: { project: "acme/shop", url }, b: { project: 42, url } }));
  const slacks = new gitlab.Fleet("slacks", gitlab.integrations.ExternalWiki, { a: { group: "acme", externalWikiUrl: url } });
  const given = { newResource: () => ({ id: "id", state: { ids: { a: "projects/1/hooks/99" } } }), call: ({ inputs }: any) => inputs };
  const all = [await valueOf(hooks.ids), await valueOf(hooks.hookIds), await valueOf(slacks.ids)];
  await pulumi.runtime.setMocks(given);
  const own = new gitlab.Fleet("own", gitlab.ProjectHook, { a: { project: 1, url } });
  console.log(JSON.stringify([...all, await valueOf(own.ids), await valueOf(own.hookIds)]));
}
main();`,
  );
  const { output } = run("fleets.js");
  expect(JSON.parse(output)).toEqual([
    { a: "projects/acme/shop/hooks/1", b: "projects/42/hooks/2" },
    { a: 1, b: 2 },
    { a: "groups/acme/integrations/external-wiki" },
    { a: "projects/1/hooks/99" },
    { a: 99 },
  ]);
});

test("a function that has no token on mocks names what answers it", () => {
  add(
    "functions",
    `${mocked}
async function main() {
  await pulumi.runtime.setMocks({ newResource, call: ({ inputs }: any) => inputs });
  const said: unknown[] = [];
  await gitlab.getProject({ project: 42 }).catch((error: Error) => said.push(error.message));
  await (async () => { for await (const each of gitlab.eachProject({})) void each; })().catch((error: Error) => said.push(error.message));
  console.log(JSON.stringify(said));
}
main();`,
  );
  const { output } = run("functions.js");
  const hint = (name: string) => `Under pulumi.runtime.setMocks, mock ${name} with gitlab.mockFunctions.`;
  expect(JSON.parse(output)).toEqual(
    ["getProject", "eachProject"].map((name) => expect.stringContaining(hint(name)) as string),
  );
});
