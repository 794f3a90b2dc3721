import { readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";

const repository = path.resolve(__dirname, "../..");
const readme = readFileSync(path.join(repository, "README.md"), "utf8");

/** Programs that can be run as they stand: the others are parts of one. */
const programs = [...readme.matchAll(/```ts\n([^]*?)```/g)]
  .map(([, code = ""]) => code)
  .filter((code) => code.startsWith("import "));

/** Where a program would lie in a project that depends on this package. */
const fileOf = (index: number): string => path.join(repository, `examples/quickstart/readme-${index}.ts`);

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

function problemsOf(files: ReadonlyMap<string, string>): string[] {
  const host = ts.createCompilerHost(options);
  host.readFile = (file) => files.get(file) ?? ts.sys.readFile(file);
  host.fileExists = (file) => files.has(file) || ts.sys.fileExists(file);
  const program = ts.createProgram([...files.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText, file }) => `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}

it("has programs in the README that type check", () => {
  expect(programs.length).toBeGreaterThanOrEqual(2);
  expect(problemsOf(new Map(programs.map((code, index) => [fileOf(index), code])))).toEqual([]);
});
