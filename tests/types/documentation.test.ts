import * as path from "node:path";
import ts from "typescript";
import { definitionsByName } from "../../provider/resources/definitions";

const dist = path.resolve(__dirname, "../../dist");
const entry = path.join(dist, "index.d.ts");

const program = ts.createProgram([entry], {
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  strict: true,
  skipLibCheck: true,
  types: [],
});
const checker = program.getTypeChecker();

function exportsOf(symbol: ts.Symbol | undefined): Map<string, ts.Symbol> {
  if (!symbol) throw new Error("the emitted declarations export nothing");
  const all = checker.getExportsOfModule(symbol).map((found) => [found.name, aliased(found)] as const);
  return new Map(all);
}

function aliased(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** What an editor shows for the arguments of a class, by their names. */
function documentationOf(name: string): Map<string, string> {
  const root = exportsOf(checker.getSymbolAtLocation(program.getSourceFile(entry) as ts.Node));
  const [last = "", module] = name.split(".").reverse();
  const names = module === undefined ? root : exportsOf(root.get(module));
  const symbol = names.get(`${last}Args`);
  if (!symbol) throw new Error(`${name}Args is not exported`);
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const members = type.isUnion() ? type.types.flatMap((part) => part.getProperties()) : type.getProperties();
  const shown = new Map<string, string>();
  // Where a class takes a project or a group, each half of its arguments forbids the other without a word.
  for (const member of members) shown.set(member.name, (shown.get(member.name) ?? "") + textOf(member));
  return shown;
}

function textOf(member: ts.Symbol): string {
  const deprecated = member.getJsDocTags(checker).find((tag) => tag.name === "deprecated");
  return [member.getDocumentationComment(checker), deprecated?.text].map(ts.displayPartsToString).join(" ").trim();
}

describe("the documentation of every argument shows in the emitted declarations", () => {
  it.each([...definitionsByName().values()].map((definition) => [definition.name, definition] as const))(
    "%s",
    (name, definition) => {
      const shown = documentationOf(name);
      const undocumented = Object.keys(definition.fields).filter((field) => (shown.get(field) ?? "") === "");
      expect(undocumented).toEqual([]);
      for (const scope of definition.scopes) expect(shown.get(scope)).toMatch(/full path/);
    },
  );
});
