import { z } from "zod";
import type { Definition } from "../../../provider/core/definition";
import type { FieldInfo } from "../../../provider/core/schema";
import { sampleOf } from "./samples";

/** The ways to write a value that a field is tried with, besides the plain one. */
export const variants = ["plain", "spaces at ends", "repeated", "other order", "other case", "empty"] as const;
export type Variant = (typeof variants)[number];

/** A value of a field; undefined where the variant makes none of its own. Not every one is legal. */
export function valueFor(definition: Definition, info: FieldInfo, variant: Variant): unknown {
  const options = optionsOf(info.schema);
  if (options.length > 0) return options[variants.indexOf(variant) % options.length];
  if (info.type === "boolean") return sampleOf(definition, info, variant === "empty" ? 1 : 0);
  const [one, other] = [sampleOf(definition, info, 0), sampleOf(definition, info, 1)];
  if (variant === "plain") return one;
  switch (info.type) {
    case "number":
      return variant === "empty" ? 0 : undefined;
    case "text":
    case "mixed":
      return typeof one === "string" ? textFor(info, one, String(other), variant) : undefined;
    case "list":
      return Array.isArray(one) ? listFor(one.map(String), variant) : undefined;
    case "object":
      return variant === "other order" ? other : undefined;
    default:
      return undefined;
  }
}

function textFor({ meta }: FieldInfo, one: string, other: string, variant: Variant): string | undefined {
  const sample = "b , a";
  const isList = (meta.codec?.normalize?.(sample) ?? sample) !== sample;
  switch (variant) {
    case "spaces at ends":
      return ` ${one}  `;
    case "repeated":
      return isList ? `${one}, ${one}` : undefined;
    case "other order":
      return isList ? `${other}\n${one}` : undefined;
    case "other case":
      return inOtherCase(one);
    default:
      return "";
  }
}

function listFor(one: readonly string[], variant: Variant): readonly string[] {
  switch (variant) {
    case "spaces at ends":
      return one.map((entry) => ` ${entry} `);
    case "repeated":
      return [...one, ...one, one.join(",")];
    case "other order":
      return one.toReversed();
    case "other case":
      return one.map(inOtherCase);
    default:
      return [];
  }
}

/** A text with small letters for capitals and capitals for small ones. */
export function inOtherCase(text: string): string {
  return text.replace(/\p{L}/gu, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

/** The values of a closed list. */
export function optionsOf(schema: z.ZodType): readonly unknown[] {
  if (schema instanceof z.ZodOptional) return optionsOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodEnum) return schema.options;
  return schema instanceof z.ZodLiteral ? [...schema.values] : [];
}
