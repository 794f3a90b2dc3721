import { z } from "zod";
import type { Definition } from "../../../provider/definition";
import { fieldsOf, type FieldInfo, type Scope } from "../../../provider/fields";
import type { Props } from "./managed";
import { companions, formats } from "./sample-values";
import { unique } from "./setting";

/** The first or the second value of a field; the first differs from GitLab's default. */
export type Turn = 0 | 1;

/** A value for a field, from its schema where that says enough. */
export function sampleOf(definition: Definition, info: FieldInfo, turn: Turn): unknown {
  const own = formats[`${definition.path}.${info.name}`] ?? formats[`${definition.kind}.${info.name}`];
  if (own) return own(unique(""), turn);
  switch (info.type) {
    case "boolean":
      return (info.initial === true) === (turn === 1);
    case "enum":
      return optionsOf(info)[turn];
    case "number":
      return 7 + turn;
    case "list":
      return turn === 0 ? ["ONE", "TWO"] : ["THREE"];
    case "map":
      return turn === 0 ? { First: secretText(), Second: secretText() } : { First: secretText(), Third: secretText() };
    case "object":
      return { enabled: turn === 0 };
    case "mixed":
      return `1000${turn}`;
    case "text":
      return textOf(definition, info);
  }
}

function secretText(): string {
  return unique("canary0secret");
}

/** All but the default come first, so that the first sample can be told from a field that was never set. */
function optionsOf(info: FieldInfo): unknown[] {
  const schema = innermost(info.schema);
  const all: readonly unknown[] =
    schema instanceof z.ZodEnum ? schema.options : schema instanceof z.ZodLiteral ? [...schema.values] : [];
  return [...all.filter((option) => option !== info.initial), ...all.filter((option) => option === info.initial)];
}

function innermost(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? innermost(schema.unwrap() as z.ZodType) : schema;
}

/** The first usual form of a text that the schema takes. */
function textOf(definition: Definition, info: FieldInfo): string {
  const word = unique(info.secret ? "canary0secret" : "sample");
  const forms = [
    word,
    `https://${word}.example.com/path`,
    `https://${word}.example.com/issues/:id`,
    `${word}@example.com`,
    word.replace(/\D/g, ""),
  ];
  const found = forms.find((form) => info.schema.safeParse(form).success);
  if (found === undefined)
    throw new Error(`no sample fits ${definition.path}.${info.name}: add one to sample-values.ts`);
  return found;
}

/** The fields that a scope has and that GitLab knows; inheritance has tests of its own. */
export function settable(definition: Definition, scope: Scope): FieldInfo[] {
  return [...fieldsOf(definition.fields).values()].filter(
    ({ name, access, meta }) =>
      name !== "useInheritedSettings" && access !== "local" && (meta.scopes ?? [scope]).includes(scope),
  );
}

/** Every argument at its first sample. */
export function allArgs(definition: Definition, scope: Scope): Props {
  return argsOf(definition, settable(definition, scope));
}

/** The least that can be given: what is required, and what is required with it. */
export function leastArgs(definition: Definition, scope: Scope): Props {
  const also = companions[definition.path] ?? [];
  return argsOf(
    definition,
    settable(definition, scope).filter(({ name, required }) => required || also.includes(name)),
  );
}

function argsOf(definition: Definition, infos: readonly FieldInfo[]): Props {
  return Object.fromEntries(infos.map((info) => [info.name, sampleOf(definition, info, 0)]));
}
