import { execFileSync } from "node:child_process";
import * as path from "node:path";
import * as gitlab from "../../provider";
import { definitionsByName } from "../../provider/resources/definitions";

const repository = path.resolve(__dirname, "../..");
const dist = path.join(repository, "dist");

/** Runs code in a process of its own, and tells which files it loaded: ours by their names, others by their package. */
function loadedBy(code: string): Set<string> {
  const loaded = JSON.parse(run(`${code}; console.log(JSON.stringify(Object.keys(require.cache)))`)) as string[];
  return new Set(
    loaded.map((file) => {
      const inPackage = file.split("node_modules/").at(-1) ?? "";
      if (inPackage !== file) return inPackage.split("/")[0] ?? "";
      return path.relative(dist, file).replace(/\.js$/, "");
    }),
  );
}

function run(code: string, ...args: readonly string[]): string {
  return execFileSync(process.execPath, [...args, "-e", code], { cwd: dist, encoding: "utf8" });
}

test("a program that only imports the package loads the lists of its exports", () => {
  expect([...loadedBy('require("./index")')].sort()).toEqual([
    "index",
    "program/lazy-exports",
    "resources/integration/index",
  ]);
});

test("a program loads the classes that it uses, and no HTTP client", () => {
  const loaded = loadedBy('require("./index").integrations.Slack');
  expect([...loaded]).toEqual(
    expect.arrayContaining(["resources/integration/catalog/slack", "program/resource", "zod"]),
  );
  for (const other of ["resources/integration/catalog/jira", "resources/hook/project", "client/client", "axios"])
    expect(loaded).not.toContain(other);
});

test("the provider process loads the definition that it is asked for", () => {
  const loaded = loadedBy('require("./handlers").handler("ProjectHook")');
  expect([...loaded]).toEqual(expect.arrayContaining(["resources/hook/project", "operations/create"]));
  expect(
    [...loaded].filter((name) =>
      /^(resources\/(integration|push-rule|notification)|functions)\/(?!index|.*api$)/.test(name),
    ),
  ).toEqual([]);
});

test("every definition is found under its own name", () => {
  expect([...definitionsByName()].filter(([name, definition]) => name !== definition.name)).toEqual([]);
});

test("the exports list their names without loading anything, for modules too", () => {
  const listed = 'import * as gitlab from "./index.js"; console.log(JSON.stringify(Object.keys(gitlab)))';
  const names = JSON.parse(run(listed, "--input-type=module")) as string[];
  expect(names).toEqual(expect.arrayContaining(Object.keys(gitlab)));
  expect(Object.keys(gitlab.integrations)).toContain("Slack");
});
