import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { programOptions } from "../support/program-options";
import { printedSchema } from "../support/schema";

const repository = path.resolve(__dirname, "../..");
const documents = ["README.md", ...readdirSync(path.join(repository, "docs")).map((file) => `docs/${file}`)];

/** Programs that can be run as they stand, by where they are written: the others are parts of one. */
const programs = documents
  .filter((file) => file.endsWith(".md"))
  .flatMap((file) => {
    const text = readFileSync(path.join(repository, file), "utf8");
    // Files of one program are named above them, and import each other.
    return [...text.matchAll(/(?:^`([\w.]+)\.ts`:\n\n)?^```ts\n([^]*?)^```/gm)].map(([, own, code = ""], index) => {
      return [own ?? `${file} ${index}`, code] as const;
    });
  })
  .filter(([, code]) => code.startsWith("import "));

const { resources, exampleHead } = printedSchema();
/** The examples of the classes that are no resources of GitLab's, from the comments that editors show. */
const further = ["fleet/resource", "program/provider"].map((file) => {
  const text = readFileSync(path.join(repository, `dist/${file}.d.ts`), "utf8");
  const [, example = ""] = /@example\n \* ```ts\n([^]*?) \* ```/.exec(text) ?? [];
  expect(example).toContain("new gitlab.");
  return [file, exampleHead + example.replaceAll(/^ \* ?/gm, "")] as const;
});
const examples = [...resources.map(({ class: name, example }) => [name, exampleHead + example] as const), ...further];

/** Where a program would lie in a project that depends on this package. */
const fileOf = (name: string): string =>
  path.join(repository, "examples/quickstart", `${name.replace(/[^\w.]/g, "-")}.ts`);

function problemsOf(files: ReadonlyMap<string, string>): string[] {
  const host = ts.createCompilerHost(programOptions);
  host.readFile = (file) => files.get(file) ?? ts.sys.readFile(file);
  host.fileExists = (file) => files.has(file) || ts.sys.fileExists(file);
  const program = ts.createProgram([...files.keys()], programOptions, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText, file }) => `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}

it("has programs in the README, the documents and the comments of all classes that type check", () => {
  expect(programs.filter(([name]) => name.startsWith("README")).length).toBeGreaterThanOrEqual(2);
  expect(problemsOf(new Map([...programs, ...examples].map(([name, code]) => [fileOf(name), code])))).toEqual([]);
});
