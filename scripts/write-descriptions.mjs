// Writes dist/descriptions.json: what the comments of the declarations say of each class, its arguments and its outputs.
// The running code has no comments, and `npx pulumi-gitlab schema` prints them. A part of `npm run build`.
//
// By the name of a class, `integrations.Jira`: `text`, the tags of its comment by their name (`see`, `example`,
// `deprecated`), `arguments` and `outputs`. Both of these hold by a property's name its `text` and tags (`default`,
// `deprecated`); an output has its `type` in TypeScript too. Outputs that are arguments as well are left out.
import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const written = path.join(dist, "descriptions.json");

/** When a file was changed, 0 where there is none. */
const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

// The compiler takes seconds: it looks again only when something was compiled since.
const sources = [path.join(dist, ".tsbuildinfo"), fileURLToPath(import.meta.url)];
if (sources.every((source) => changedAt(source) < changedAt(written))) process.exit();

const { default: ts } = await import("typescript");
const { default: definitions } = await import(pathToFileURL(path.join(dist, "resources/definitions.js")).href);
const definitionsByName = definitions.definitionsByName();
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
  // The types have further properties, by which the compiler says what is wrong with an argument.
  const { scopes, fields } = definitionsByName.get(name);
  const described = given.filter(([property]) => property in fields || scopes.includes(property));
  const args = Object.fromEntries(described.sort(([, one], [, other]) => one.text.length - other.text.length));
  const outputs = checker.getDeclaredTypeOfSymbol(symbol).getProperties();
  const further = outputs.filter((property) => !(property.name in args) && isOurs(property));
  const results = further.map((property) => [property.name, { ...commentOf(property), type: outputType(property) }]);
  return [name, { ...commentOf(symbol), arguments: args, outputs: Object.fromEntries(results) }];
}

function isOurs({ declarations = [] }) {
  return declarations.some((declaration) => declaration.getSourceFile().fileName.startsWith(dist));
}

const module = checker.getSymbolAtLocation(program.getSourceFile(path.join(dist, "index.d.ts")));
const resources = classesIn(module).filter(([, symbol]) => checker.getTypeOfSymbol(symbol).getProperty("definition"));
const descriptions = Object.fromEntries(resources.map(describe));
writeFileSync(written, `${JSON.stringify(descriptions)}\n`);
