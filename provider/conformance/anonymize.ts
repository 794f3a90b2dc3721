import { z } from "zod";
import { detailsOf } from "../client/errors";
import { definitionsByName } from "../resources/definitions";
import { fieldsOf } from "../core/schema";
import { isObject } from "../core/json";

/** Values that were sent for one class, by the name of their parameter, the latest last. */
export class SentValues {
  readonly #byName = new Map<string, unknown[]>();

  /** @param names what no recording may hold: names, tokens and addresses of whoever runs the GitLab */
  constructor(readonly names: readonly string[]) {}

  /** Takes note of a request's body. */
  note(body: unknown, name = ""): void {
    if (Array.isArray(body)) for (const item of body) this.note(item, name);
    else if (isObject(body)) for (const [key, value] of Object.entries(body)) this.note(value, key);
    else this.#byName.set(name, [...(this.#byName.get(name) ?? []), body]);
  }

  of(name: string): readonly unknown[] {
    return this.#byName.get(name) ?? [];
  }

  /** Whether a parameter of this name was sent. */
  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** Every text that was sent, with its parameter's name. */
  *texts(): Generator<readonly [string, string]> {
    for (const [name, values] of this.#byName) {
      for (const value of values) if (typeof value === "string") yield [value, name];
    }
  }
}

/** What an answer says, by the paths of its fields, without anything that belongs to whoever runs the GitLab. */
export type AnonymousFields = Readonly<Record<string, string>>;

/** The fields of an answer: `properties.username` is `<as sent>`. */
export function anonymousFields(answer: unknown, sent: SentValues): AnonymousFields {
  const fields: Record<string, string> = {};
  collect(answer, "", "", sent, fields);
  return fields;
}

const deepest = 4;

function collect(value: unknown, path: string, name: string, sent: SentValues, into: Record<string, string>): void {
  if (path.split(".").length > deepest) return;
  if (Array.isArray(value)) {
    if (value.every((item) => !isObject(item)))
      into[path] = `[${value.map((item) => anonymous(item, name, sent)).join(", ")}]`;
    else
      value.slice(0, 1).forEach((item) => {
        collect(item, `${path}[]`, name, sent, into);
      });
  } else if (isObject(value)) {
    if (Object.keys(value).length === 0) into[path] = "{}";
    for (const [key, inner] of Object.entries(value))
      collect(inner, path === "" ? key : `${path}.${key}`, key, sent, into);
  } else {
    into[path] = anonymous(value, name, sent);
  }
}

const time = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?$/;

/** One value in words: itself where it is one of GitLab's own, and otherwise what it is. */
function anonymous(value: unknown, name: string, sent: SentValues): string {
  const values = sent.of(name);
  if (typeof value === "number") {
    if (values.includes(value)) return "<as sent>";
    if (values.includes(String(value))) return "<as sent, as a number>";
    return /(?:^|_)i?ids?$/.test(name) ? "<number>" : String(value);
  }
  if (typeof value !== "string") return JSON.stringify(value);
  if (value === "") return '""';
  const likeness = likenessOf(value, values);
  if (likeness !== undefined) return likeness;
  if (time.test(value)) return "<time>";
  if (ownWords().has(value) && !sent.names.includes(value)) return JSON.stringify(value);
  if (/^[a-z]+:\/\//i.test(value)) return "<address>";
  return /^\d+$/.test(value) ? "<digits>" : "<text>";
}

const forms: readonly (readonly [string, (text: string) => string])[] = [
  ["spaces at its ends", (text) => text.trim()],
  ["slashes at its end", (text) => text.replace(/\/+$/, "")],
  ["capitals", (text) => text.toLowerCase()],
  ["other characters", (text) => text.toLowerCase().replace(/[^a-z0-9]/g, "")],
];

/** How a text is like one that was sent; undefined where it is not. */
function likenessOf(value: string, sent: readonly unknown[]): string | undefined {
  const last = sent.at(-1);
  if (value === last) return "<as sent>";
  if (sent.includes(value)) return "<as sent before>";
  if (sent.some((other) => typeof other === "number" && String(other) === value)) return "<as sent, as a text>";
  const texts = sent.filter((other) => typeof other === "string" && other !== "") as string[];
  const found = forms.find(([, form]) => texts.some((text) => form(text) === form(value)));
  return found && value.length > 2 ? `<as sent but for ${found[0]}>` : undefined;
}

let words: ReadonlySet<string> | undefined;

/** The texts that GitLab's parameters can have out of closed lists, and their defaults. */
function ownWords(): ReadonlySet<string> {
  words ??= new Set(
    [...definitionsByName().values()].flatMap(({ fields }) =>
      [...fieldsOf(fields).values()].flatMap(({ schema, initial }) => [...optionsIn(schema), ...textsIn(initial)]),
    ),
  );
  return words;
}

function optionsIn(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodOptional) return optionsIn(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodEnum) return textsIn(schema.options);
  if (schema instanceof z.ZodLiteral) return textsIn([...schema.values]);
  return schema instanceof z.ZodObject
    ? Object.values(schema.shape as Record<string, z.ZodType>).flatMap(optionsIn)
    : [];
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** URLs, mail addresses, IPv4 and IPv6 addresses, and hosts with a port. */
const addresses: readonly RegExp[] = [
  /[a-z]+:\/\/[^\s"'<>]+/gi,
  /[\w.+-]+@[\w.-]+/g,
  /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?![\w.]*\w)/g,
  /\[?(?<![\w:])(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?![\w:])\]?(?::\d+)?/gi,
  /(?<![\w.-])[a-z][\w.-]*:\d{2,5}(?!\w)/gi,
];
/** Names with dots in them: hosts, unless they end as a parameter or a file does. */
const dotted = /(?<![\w.<-])[\w-]+(?:\.[\w-]+)*\.([a-z][\w-]+)(?![\w>-])/gi;
const fileEnding = /^(?:ya?ml|json|rb|md|git|txt)$/i;

/** A refusal's texts, without anything that was sent and anything that belongs to whoever runs the GitLab. */
export function anonymousError(answer: unknown, sent: SentValues): string {
  let text = detailsOf(answer).join("; ");
  const values = [...sent.texts()].filter(([value]) => value.length > 3);
  for (const [value, name] of values.sort(([a], [b]) => b.length - a.length))
    text = text.replaceAll(value, `<${name}>`);
  for (const name of sent.names) text = text.replaceAll(name, "<name>");
  for (const form of addresses) text = text.replace(form, "<address>");
  return text
    .replace(dotted, (name, end: string) => (sent.has(end) || fileEnding.test(end) ? name : "<address>"))
    .replace(/(["'`])(?:(?!\1)[^<>]){2,}\1/g, (quoted) => (/^.[a-z_\s]+.$/.test(quoted) ? quoted : "<quoted>"))
    .replace(/(?<![\d.])\d{2,}(?![\d.])/g, (digits) => (/^[1-5]\d\d$/.test(digits) ? digits : "<number>"));
}
