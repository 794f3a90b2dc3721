import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Definition } from "../core/definition";

/** What the comment of an argument says, each part by itself. */
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
  readonly page: string;
  /** A piece of a program that has `gitlab`, `pulumi` and a `config`. */
  readonly example: string;
  /** What to use instead, and why. */
  readonly deprecated?: string;
  readonly tier?: Tier;
  /** By the name of the argument. */
  readonly arguments: Readonly<Record<string, FieldDescription>>;
  /** The outputs that are no arguments, by their name. */
  readonly outputs: Readonly<Record<string, OutputDescription>>;
}

/** What the comment of an output says. */
export interface OutputDescription {
  readonly text: string;
  /** The type of its value in TypeScript. */
  readonly type: string;
}

/** The editions of GitLab that cost something. Ultimate has all that Premium has. */
export type Tier = "Premium" | "Ultimate";

/** A comment in the file that the build writes: its text, and its tags by their name. */
interface Comment {
  readonly text: string;
  readonly default?: string;
  readonly deprecated?: string;
  readonly see?: string;
  readonly example?: string;
}

interface ClassComments extends Comment {
  readonly arguments: Readonly<Record<string, Comment>>;
  readonly outputs: Readonly<Record<string, Comment & { readonly type: string }>>;
}

/** `npm run build` writes it with scripts/write-descriptions.mjs. */
const file = path.join(__dirname, "..", "descriptions.json");

let all: Readonly<Record<string, ClassComments>> | undefined;

/**
 * What the comments that editors show say of a class, its arguments and its outputs.
 *
 * @throws Error when the package was built without descriptions
 */
export function descriptionOf({ name }: Definition): ClassDescription {
  const comments = (all ??= read())[name];
  if (!comments) throw new Error(`${file} does not describe ${name}: run \`npm run build\`.`);
  const { see, example, deprecated } = comments;
  return {
    text: comments.text.split("\n\n").map(plain).join("\n\n"),
    page: see?.split(/\s/)[0] ?? "",
    example: /^```ts\n([\s\S]*?)\n```/.exec(example ?? "")?.[1] ?? "",
    ...(deprecated === undefined ? {} : { deprecated: plain(deprecated) }),
    ...tierIn(comments.text),
    arguments: mapped(comments.arguments, fieldDescription),
    outputs: mapped(comments.outputs, ({ text, type }) => ({ text: plain(text), type: valueType(type) })),
  };
}

function read(): Readonly<Record<string, ClassComments>> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, ClassComments>>;
  } catch {
    throw new Error(`${file} is missing: run \`npm run build\`, or install the package again.`);
  }
}

function mapped<A, B>(all: Readonly<Record<string, A>>, of: (each: A) => B): Readonly<Record<string, B>> {
  return Object.fromEntries(Object.entries(all).map(([name, each]) => [name, of(each)]));
}

function fieldDescription({ text, default: byDefault, deprecated }: Comment): FieldDescription {
  return {
    text: plain(text),
    ...(byDefault === undefined ? {} : { default: plain(byDefault) }),
    ...(deprecated === undefined ? {} : { deprecated: plain(deprecated) }),
    ...tierIn(text),
  };
}

/** A sentence of its own says which licence something needs. */
function tierIn(text: string): { readonly tier?: Tier } {
  const tier = /GitLab (Premium|Ultimate)\./.exec(text)?.[1];
  return tier === undefined ? {} : { tier: tier as Tier };
}

function valueType(type: string): string {
  return /^(?:pulumi\.)?Output(?:Instance)?<(.*)>$/.exec(type)?.[1] ?? type;
}

function plain(text: string): string {
  return text
    .replace(/\{@link (\w+) ?\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
}
