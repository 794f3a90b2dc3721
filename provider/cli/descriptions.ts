import { className, type Definition } from "../core/definition";
import { declarations, namesIn, type Declarations, type Property } from "./declarations";

/** What the comment of a field says, each part by itself. */
export interface FieldDescription {
  readonly text: string;
  /** GitLab's value where nobody set one, as the comment writes it. */
  readonly default?: string;
  /** What to use instead. */
  readonly deprecated?: string;
  readonly tier?: Tier;
}

/** What the comment of a class says, each part by itself. */
export interface ClassDescription {
  /** Markdown, paragraphs with empty lines between them. */
  readonly text: string;
  /** The page of GitLab's documentation. */
  readonly page?: string;
  /** A piece of a program that has `gitlab`, `pulumi` and a `config`. */
  readonly example?: string;
  /** What to use instead, and why. */
  readonly deprecated?: string;
  readonly tier?: Tier;
}

/** The editions of GitLab that cost something. Ultimate has all that Premium has. */
export type Tier = "Premium" | "Ultimate";

const none: ClassDescription = { text: "" };

/**
 * The description of each field of a definition, from the comment that editors show.
 *
 * A class names the constants that its fields come from: `typeof chatEvents & typeof fields`. A name that its file does
 * not declare stands for the same constant everywhere.
 */
export function descriptionsOf(definition: Definition): ReadonlyMap<string, FieldDescription> {
  const own = fileOf(definition);
  if (!own) return new Map();
  const comments = ["inheritance", ...namesIn(own.text)].flatMap((name) => [...commentsOf(name, own, new Set())]);
  return new Map(comments.map(([name, comment]) => [name, fieldDescription(comment)]));
}

/** The description of a definition's class, from the comment that editors show. */
export function classDescriptionOf(definition: Definition): ClassDescription {
  const lines = fileOf(definition)?.classes.get(className(definition));
  return lines ? classDescription(lines) : none;
}

/**
 * The description of each output that is no argument: those of its project or group, and those of the interfaces that
 * the class's file names.
 */
export function outputDescriptionsOf(definition: Definition): ReadonlyMap<string, Property> {
  const own = fileOf(definition);
  if (!own) return new Map();
  const scoped = definition.scopes.map((scope) => (scope === "project" ? "ProjectOutputs" : "GroupOutputs"));
  const interfaces = new Map(declarations().flatMap((file) => [...file.interfaces]));
  const named = [...own.text.matchAll(/\b[A-Z]\w+/g)]
    .map(([name]) => name)
    .filter((name) => /Outputs$|Facts$/.test(name));
  return new Map([...scoped, ...named].flatMap((name) => [...(interfaces.get(name) ?? [])]));
}

function fileOf(definition: Definition): Declarations | undefined {
  return declarations().find(({ classes }) => classes.has(className(definition)));
}

/** The comments of a constant and of those that it shares properties with, its own last. */
function commentsOf(name: string, own: Declarations, met: Set<string>): ReadonlyMap<string, string> {
  const actual = new RegExp(`\\b(\\w+) as ${name}\\b`).exec(own.text)?.[1] ?? name;
  if (met.has(actual)) return new Map();
  met.add(actual);
  const home = own.constants.has(actual) ? own : declarations().find(({ constants }) => constants.has(actual));
  const constant = home?.constants.get(actual);
  if (!home || !constant) return new Map();
  return new Map([...constant.shared.flatMap((next) => [...commentsOf(next, home, met)]), ...constant.comments]);
}

function fieldDescription(comment: string): FieldDescription {
  const [text = "", ...tags] = comment.split(/\s*@(?=(?:default|deprecated)\s)/);
  const tag = (name: string): string | undefined =>
    tags.find((written) => written.startsWith(name))?.slice(name.length + 1);
  const byDefault = tag("default");
  const deprecated = tag("deprecated");
  return {
    text: plain(text),
    ...(byDefault === undefined ? {} : { default: plain(byDefault) }),
    ...(deprecated === undefined ? {} : { deprecated: plain(deprecated) }),
    ...tierIn(text),
  };
}

function classDescription(lines: readonly string[]): ClassDescription {
  const [, text = "", tags = ""] = /^([\s\S]*?)(@[\s\S]*)?$/.exec(lines.join("\n").replaceAll("{@", "{")) ?? [];
  const page = /@see (\S+)/.exec(tags)?.[1];
  const deprecated = /@deprecated\s+([^@]+)/.exec(tags)?.[1];
  const example = /@example\s+```ts\n([\s\S]*?)\n```/.exec(tags)?.[1];
  return {
    text: text
      .split("\n\n")
      .map(plain)
      .filter((paragraph) => paragraph !== "")
      .join("\n\n"),
    ...(page === undefined ? {} : { page }),
    ...(example === undefined ? {} : { example }),
    ...(deprecated === undefined ? {} : { deprecated: plain(deprecated) }),
    ...tierIn(text),
  };
}

/** A sentence of its own says which licence something needs. */
function tierIn(text: string): { readonly tier?: Tier } {
  const tier = /GitLab (Premium|Ultimate)\./.exec(text)?.[1];
  return tier === undefined ? {} : { tier: tier as Tier };
}

function plain(text: string): string {
  return text
    .replace(/\{@?link (\w+)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
}
