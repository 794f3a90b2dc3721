// Writes dist/descriptions.json: what the comments of the declarations say of each class, its arguments and its outputs.
// The running code has no comments, and `npx pulumi-gitlab schema` prints them. A part of `npm run build`.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const program = ts.createProgram([path.join(dist, "index.d.ts")], {
  module: ts.ModuleKind.Node20,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  skipLibCheck: true,
  types: [],
});
const checker = program.getTypeChecker();

/** The classes of a module by their name, those of a namespace with its name before. */
function classesIn(module, prefix = "") {
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (symbol.flags & ts.SymbolFlags.ValueModule) return classesIn(symbol, `${exported.name}.`);
    return symbol.flags & ts.SymbolFlags.Class ? [[prefix + exported.name, symbol]] : [];
  });
}

/** What the comment of a class or property says: its text, and its tags by their name. */
function commentOf(symbol) {
  const tags = symbol.getJsDocTags(checker).map(({ name, text }) => [name, ts.displayPartsToString(text).trim()]);
  return { text: ts.displayPartsToString(symbol.getDocumentationComment(checker)), ...Object.fromEntries(tags) };
}

/** The arguments of a class: the properties of its constructor's second parameter, or of each type that it may have. */
function argumentsOf(symbol) {
  const [constructor] = checker.getTypeOfSymbol(symbol).getConstructSignatures();
  const parameter = constructor?.parameters[1];
  if (!parameter) return [];
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
  return (type.isUnion() ? type.types : [type]).flatMap((each) => each.getProperties());
}

/** The type of an output's value, as a program would write it. */
function outputType(property) {
  const declared = property.valueDeclaration;
  return declared?.type?.getText() ?? checker.typeToString(checker.getTypeOfSymbol(property));
}

function describe([name, symbol]) {
  // Where a resource lives in a project or in a group, only one of its types says what the argument is.
  const given = argumentsOf(symbol).map((property) => [property.name, commentOf(property)]);
  const args = Object.fromEntries(given.sort(([, one], [, other]) => one.text.length - other.text.length));
  const outputs = checker.getDeclaredTypeOfSymbol(symbol).getProperties();
  const further = outputs.filter((property) => !(property.name in args) && isOurs(property));
  const described = further.map((property) => [property.name, { ...commentOf(property), type: outputType(property) }]);
  return [name, { ...commentOf(symbol), arguments: args, outputs: Object.fromEntries(described) }];
}

function isOurs({ declarations = [] }) {
  return declarations.some((declaration) => declaration.getSourceFile().fileName.startsWith(dist));
}

const module = checker.getSymbolAtLocation(program.getSourceFile(path.join(dist, "index.d.ts")));
const resources = classesIn(module).filter(([, symbol]) => checker.getTypeOfSymbol(symbol).getProperty("definition"));
const descriptions = Object.fromEntries(resources.map(describe));
writeFileSync(path.join(dist, "descriptions.json"), `${JSON.stringify(descriptions)}\n`);
