import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { definitionsByName } from "../../../provider/resources/definitions";

const repository = path.resolve(__dirname, "../../..");

interface Described {
  readonly arguments: Readonly<Record<string, { readonly text: string }>>;
}

test("the build describes every argument of every class, and nothing else", () => {
  const text = readFileSync(path.join(repository, "dist/descriptions.json"), "utf8");
  const all = JSON.parse(text) as Readonly<Record<string, Described>>;
  expect(Object.keys(all).sort()).toEqual([...definitionsByName().keys()].sort());
  for (const [name, { scopes, fields }] of definitionsByName()) {
    const described = Object.entries(all[name]?.arguments ?? {}).filter(([, { text }]) => text !== "");
    expect(Object.keys(all[name]?.arguments ?? {})).toHaveLength(described.length);
    expect([name, described.map(([argument]) => argument).sort()]).toEqual([
      name,
      [...scopes, ...Object.keys(fields)].sort(),
    ]);
  }
});

test("a package without descriptions says so in a sentence, and how to get them", () => {
  const home = mkdtempSync(path.join(tmpdir(), "gitlab-descriptions-"));
  try {
    for (const part of ["bin", "dist", "package.json"]) {
      cpSync(path.join(repository, part), path.join(home, part), { recursive: true });
    }
    symlinkSync(path.join(repository, "node_modules"), path.join(home, "node_modules"));
    rmSync(path.join(home, "dist/descriptions.json"));
    const run = () => execFileSync(process.execPath, ["bin/pulumi-gitlab.js", "schema"], { cwd: home, stdio: "pipe" });
    expect(run).toThrow(/descriptions\.json is missing: run `npm run build`, or install the package again\.\n$/);
    expect(run).not.toThrow(/\n\s+at /);
  } finally {
    rmSync(home, { recursive: true });
  }
});
