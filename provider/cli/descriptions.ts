import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { className, type Definition } from "../definition";

/** The compiled package: its declarations hold the comments, which the running code does not. */
const root = path.join(__dirname, "..");

/** A declaration file: for each constant or type its documented properties, and the others whose properties it shares. */
interface Declarations {
  readonly text: string;
  readonly constants: ReadonlyMap<string, Constant>;
}

interface Constant {
  readonly comments: ReadonlyMap<string, string>;
  readonly shared: readonly string[];
}

let files: readonly Declarations[] | undefined;

/**
 * The description of each field of a definition, from the comment that editors show.
 *
 * A class names the constants that its fields come from: `typeof chatEvents & typeof fields`. A name that its file does
 * not declare stands for the same constant everywhere.
 */
export function descriptionsOf(definition: Definition): ReadonlyMap<string, string> {
  files ??= declarationFiles(root).map(read);
  const name = className(definition);
  const own = files.find(({ text }) => new RegExp(`export declare class ${name} extends`).test(text));
  if (!own) return new Map();
  return new Map(
    ["inheritance", ...namesIn(own.text)].flatMap((constant) => [...commentsOf(constant, own, new Set())]),
  );
}

/** The comments of a constant and of those that it shares properties with, its own last. */
function commentsOf(name: string, own: Declarations, met: Set<string>): ReadonlyMap<string, string> {
  const actual = new RegExp(`\\b(\\w+) as ${name}\\b`).exec(own.text)?.[1] ?? name;
  if (met.has(actual)) return new Map();
  met.add(actual);
  const home = own.constants.has(actual) ? own : files?.find(({ constants }) => constants.has(actual));
  const constant = home?.constants.get(actual);
  if (!home || !constant) return new Map();
  return new Map([...constant.shared.flatMap((next) => [...commentsOf(next, home, met)]), ...constant.comments]);
}

function namesIn(text: string): string[] {
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
  return { text, constants };
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

function commentsIn(body: string): ReadonlyMap<string, string> {
  const comments = [...body.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+)\??:/g)];
  return new Map(comments.map(([, comment = "", name = ""]) => [name, plain(comment)]));
}

function plain(comment: string): string {
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\*?\s?/, "").trim());
  return lines.join(" ").replace(/\s+/g, " ").trim();
}
