import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** The compiled package: its declarations hold the comments, which the running code does not. */
const root = path.join(__dirname, "..");

/** A declaration file: what its constants, types, interfaces and classes say of themselves. */
export interface Declarations {
  readonly text: string;
  /** The documented properties of each constant or type, and the others whose properties it shares. */
  readonly constants: ReadonlyMap<string, Constant>;
  /** The documented properties of each exported interface. */
  readonly interfaces: ReadonlyMap<string, ReadonlyMap<string, Property>>;
  /** The comment of each exported class, line by line. */
  readonly classes: ReadonlyMap<string, readonly string[]>;
}

/** A constant or type that holds fields. */
export interface Constant {
  readonly comments: ReadonlyMap<string, string>;
  readonly shared: readonly string[];
}

/** A property of an interface. */
export interface Property {
  /** Its comment on one line. */
  readonly comment: string;
  /** Its type as the file writes it. */
  readonly type: string;
}

let files: readonly Declarations[] | undefined;

/** All declaration files of the package, read once. */
export function declarations(): readonly Declarations[] {
  return (files ??= declarationFiles(root).map(read));
}

/** The names that a text says it takes its properties from. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(/typeof (\w+)/g)].map((match) => match[1] ?? "");
}

function declarationFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return declarationFiles(file);
    return entry.name.endsWith(".d.ts") ? [file] : [];
  });
}

function read(file: string): Declarations {
  const text = readFileSync(file, "utf8");
  const constants = new Map<string, Constant>();
  for (const match of text.matchAll(/^(?:export )?(?:declare const (\w+):|type (\w+) =) /gm)) {
    const type = typeAt(text, match.index + match[0].length);
    const alias = /^\w+$/.test(type) ? [type] : [];
    constants.set(match[1] ?? match[2] ?? "", { comments: commentsIn(type), shared: [...alias, ...namesIn(type)] });
  }
  return { text, constants, interfaces: interfacesIn(text), classes: classesIn(text) };
}

/** From a position to the semicolon outside all braces. */
function typeAt(text: string, start: number): string {
  let depth = 0;
  for (let end = start; end < text.length; end++) {
    if (text[end] === "{") depth += 1;
    else if (text[end] === "}") depth -= 1;
    else if (text[end] === ";" && depth === 0) return text.slice(start, end);
  }
  return text.slice(start);
}

const comment = String.raw`\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*`;

function commentsIn(body: string): ReadonlyMap<string, string> {
  const comments = [...body.matchAll(new RegExp(String.raw`${comment}(\w+)\??:`, "g"))];
  return new Map(comments.map(([, written = "", name = ""]) => [name, linesOf(written).join(" ").trim()]));
}

function interfacesIn(text: string): Declarations["interfaces"] {
  const found = [...text.matchAll(/^export interface (\w+)[^{]*\{([\s\S]*?)^\}/gm)];
  return new Map(found.map(([, name = "", body = ""]) => [name, propertiesIn(body)]));
}

function propertiesIn(body: string): ReadonlyMap<string, Property> {
  const found = [...body.matchAll(new RegExp(String.raw`${comment}readonly (\w+)\??: (.*);`, "g"))];
  return new Map(
    found.map(([, written = "", name = "", type = ""]) => [name, { comment: linesOf(written).join(" ").trim(), type }]),
  );
}

function classesIn(text: string): Declarations["classes"] {
  const found = [...text.matchAll(new RegExp(String.raw`${comment}export declare class (\w+)`, "g"))];
  return new Map(found.map(([, written = "", name = ""]) => [name, linesOf(written)]));
}

/** A comment's lines without the stars, those of code with their indentation. */
function linesOf(written: string): string[] {
  return written.split("\n").map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
}
