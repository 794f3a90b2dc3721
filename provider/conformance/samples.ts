import { z } from "zod";
import type { Definition } from "../core/definition";
import { fieldsOf, type FieldInfo, type Scope } from "../core/schema";
import type { Props } from "../operations/state/request-body";
import type { SampleSource, Turn } from "./sample-source";
import { companions, formats } from "./sample-values";

/** The fields that a scope has and that GitLab knows; inheritance is another matter. */
export function settable(definition: Definition, scope: Scope | undefined): FieldInfo[] {
  return [...fieldsOf(definition.fields).values()].filter(
    ({ name, access, meta }) =>
      name !== "useInheritedSettings" &&
      access !== "local" &&
      (meta.scopes === undefined || (scope !== undefined && meta.scopes.includes(scope))),
  );
}

/** Valid values for the arguments of every class, out of what its fields say. */
export class Samples {
  constructor(readonly source: SampleSource) {}

  /**
   * A value for a field, from its schema where that says enough.
   *
   * @throws Error for a text of which no usual form fits the schema: then its form belongs into sample-values.ts
   */
  valueOf(definition: Definition, info: FieldInfo, turn: Turn): unknown {
    const { source } = this;
    const own = formats[`${definition.path}.${info.name}`] ?? formats[`${definition.kind}.${info.name}`];
    if (own) return own(source.next(), turn, source);
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
        return this.#map(turn === 0 ? "Second" : "Third");
      case "object":
        return { enabled: turn === 0 };
      case "mixed":
        return `1000${turn}`;
      case "text":
        return this.#text(definition, info);
    }
  }

  /** Every argument at its first sample. */
  all(definition: Definition, scope: Scope): Props {
    return this.argsOf(definition, settable(definition, scope));
  }

  /** The least that can be given: what is required, and what is required with it. */
  least(definition: Definition, scope: Scope): Props {
    const also = companions[definition.path] ?? [];
    const infos = settable(definition, scope).filter(({ name, required }) => required || also.includes(name));
    return this.argsOf(definition, infos);
  }

  /** Some arguments at their first sample. */
  argsOf(definition: Definition, infos: readonly FieldInfo[]): Props {
    return Object.fromEntries(infos.map((info) => [info.name, this.valueOf(definition, info, 0)]));
  }

  #map(other: string): Record<string, string> {
    const secret = () => this.source.secretWord + this.source.next();
    return { First: secret(), [other]: secret() };
  }

  /** The first usual form of a text that the schema takes. */
  #text(definition: Definition, info: FieldInfo): string {
    const { host, next, secretWord } = this.source;
    const word = (info.secret ? secretWord : "sample") + next();
    const forms = [
      word,
      `https://${host}/${word}/path`,
      `https://${host}/${word}/issues/:id`,
      `${word}@${host}`,
      word.replace(/\D/g, ""),
    ];
    const found = forms.find((form) => info.schema.safeParse(form).success);
    if (found !== undefined) return found;
    throw new Error(`no sample fits ${definition.path}.${info.name}: add one to sample-values.ts`);
  }
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
