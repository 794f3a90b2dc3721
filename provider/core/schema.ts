import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { parentProblem } from "./parent-problem";
import type { Scope } from "./parent-ref";

export type { Scope } from "./parent-ref";
import { parseUrl } from "./parse-url";

/**
 * How a field behaves beyond its shape.
 *
 * - `readable`: GitLab returns it, so drift is seen.
 * - `writeOnly`: GitLab takes it and never returns it; the last value sent is kept.
 * - `ignored`: documented, but servers drop it: sent, never compared, and the program warns.
 * - `local`: this package's own, which GitLab never gets.
 */
export type Access = "readable" | "writeOnly" | "ignored" | "local";

/** What a field's schema cannot say by itself. */
export interface FieldMeta {
  /** GitLab's parameter, where it is not the field's name in snake_case. */
  readonly wire?: string;
  /** A credential: encrypted in state, shown nowhere. */
  readonly secret?: boolean;
  /** @default "readable", or "writeOnly" for a secret */
  readonly access?: Access;
  /** GitLab's own value for it, which a field removed from the program goes back to. @default per type: false, "", [] or {} */
  readonly default?: unknown;
  /** Says in the program what to use instead. */
  readonly deprecated?: string;
  /** Sent with every write, because some servers demand it: the program's value, else the last one read, else the default. */
  readonly always?: boolean;
  /**
   * Where the field is known from: GitLab's documentation, its server alone (which takes it though no document names it),
   * or nothing but this package (GitLab never gets it). @default "documented", or "server" for an undocumented definition
   */
  readonly source?: "documented" | "server" | "package";
  /** How GitLab keeps its values, where it does not keep them as programs write them. @default as they are */
  readonly codec?: Codec;
  /** For an object: what each part goes back to when it is removed from the argument. Null where GitLab takes none. */
  readonly parts?: Readonly<Record<string, unknown>>;
  /** Tells of an answer, by GitLab's names, that it does not show the field's value though it shows one. */
  readonly withheld?: (answer: Readonly<Record<string, unknown>>) => boolean;
  /** The first GitLab that has it, as `19.5`, where it is newer than the documents that the others are known from. */
  readonly since?: string;
  /** A map whose keys GitLab returns and whose values it does not. */
  readonly keysOnly?: boolean;
  /** The field whose value GitLab shows in this one's place while this one has none. */
  readonly fallback?: string;
  /** A secret of which every server that takes it says whether it is there, under its parameter and `_present`. */
  readonly presenceReported?: boolean;
  /** Kept back by some licences or administrators: a request that has it is refused as a whole, with 403. */
  readonly licensed?: boolean;
  /**
   * When its value changes, GitLab drops every secret of the same object that is not sent along: mostly the address that
   * the secrets are sent to. A change warns of the secrets that the program does not hold.
   */
  readonly clearsSecrets?: boolean;
  /** Managed also where the program leaves it out, at its default. */
  readonly alwaysManaged?: boolean;
  /** For a field that names a project or group: what kind, and where its number and path are kept. */
  readonly names?: Reference;
  /** Absent where the scope has no such parameter. @default every scope of the definition */
  readonly scopes?: readonly Scope[];
  /** Where GitLab's answers have it, when not under its parameter. */
  readonly shownAs?: string;
  /** GitLab takes it with this one call only: when the object is made, or when it is edited. @default both */
  readonly onlyOn?: "create" | "edit";
  /** Removed from the program it stays as it is, since GitLab has no value of its own to go back to. */
  readonly noReset?: boolean;
  /** The field that says the same under GitLab's newer name: only one of the two can be given. */
  readonly replacedBy?: string;
  /** Its value worked out of that of `replacedBy`. @default the same value */
  readonly fromReplaced?: (value: unknown) => unknown;
  /** The arguments that GitLab makes its value of where the program gives none, such as a path out of a name. */
  readonly repeats?: readonly string[];
}

/**
 * How GitLab keeps the values of a field. Whatever compares two of them uses it: a program's value with GitLab's, an
 * answer with what was sent, and what is there with what was there.
 */
export interface Codec {
  /** GitLab's parameter for a program's value. @default the value itself */
  readonly encode?: (value: unknown) => unknown;
  /** A program's value for one of an answer: `last`, the value known so far, where that means the same. */
  readonly decode?: (raw: unknown, last: unknown) => unknown;
  /** The form in which GitLab keeps a value: values of one form mean the same to it. @default what `encode` makes of it */
  readonly normalize?: (value: unknown) => unknown;
}

/** What a field that names a project or group is kept with. */
export interface Reference {
  readonly scope: Scope;
  /** The output that holds its number. */
  readonly id: string;
  /** The output that holds its full path. */
  readonly path: string;
  /** Where a user's own namespace counts as well: the output that tells `user` from `group`. */
  readonly users?: string;
}

/** The fields of one kind of resource: a schema per argument. */
export type Fields = Readonly<Record<string, z.ZodType>>;

const metas = new WeakMap<z.ZodType, FieldMeta>();

/** Attaches to a schema what it cannot say by itself. */
export function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
  // A copy, so that one schema can serve two fields with different properties.
  const copy = schema.clone();
  metas.set(copy, { ...metas.get(schema), ...meta });
  return copy;
}

/** The same fields, each with further properties; their comments stay with the type. */
export function fieldsWith<F extends Fields>(fields: F, meta: FieldMeta): F {
  return Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, field(schema, meta)])) as F;
}

/** A field whose value is a credential. GitLab does not return it unless `meta` says that it is readable. */
export function secret<T extends z.ZodType>(schema: T, meta: FieldMeta = {}): T {
  return field(schema, { access: "writeOnly", ...meta, secret: true });
}

/** An optional boolean with GitLab's default. */
export function flag(byDefault: boolean, meta: FieldMeta = {}): z.ZodOptional<z.ZodBoolean> {
  return field(z.boolean().optional(), { default: byDefault, ...meta });
}

/** An optional text; GitLab's default is none. */
export function text(meta: FieldMeta = {}): z.ZodOptional<z.ZodString> {
  return field(z.string().optional(), meta);
}

/** A required text that GitLab does not take empty. */
export function requiredText(): z.ZodString {
  return z.string().refine((value) => value.trim() !== "", "must not be empty");
}

/** A project or group that an object has to do with, or that it can be moved to. GitLab gets its number. */
export function reference(names: Reference, meta: FieldMeta = {}) {
  const { scope } = names;
  const schema = z.union([z.int(), z.string()]).refine((given) => parentProblem(scope, given) === undefined, {
    error: ({ input }) => parentProblem(scope, input) ?? "",
  });
  return field(schema, { ...meta, names });
}

/** What a web address must be, as a reason. */
export const webUrlRule = "must be a URL that starts with http:// or https://";

/** A web address with http or https. Its host may be a name that only GitLab can resolve. */
export function webUrl(): z.ZodString {
  return z.string().refine(isWebUrl, webUrlRule);
}

/** Whether a text is such an address. */
export function isWebUrl(value: string): boolean {
  return !/\s/.test(value) && /^https?:\/\//i.test(value) && parseUrl(value) !== undefined;
}

/** What is wrong with a map that has this key: schemas pass over it, and the way to the engine loses it. */
export const noProto = "must not have the key __proto__";

/** One field as shared code sees it. */
export interface FieldInfo {
  readonly name: string;
  readonly wire: string;
  readonly schema: z.ZodType;
  readonly type: FieldType;
  readonly required: boolean;
  readonly secret: boolean;
  readonly access: Access;
  readonly meta: FieldMeta;
  /** What GitLab has where nobody set it, as a value that can be sent. */
  readonly initial: unknown;
}

/** The shapes that a field can have. */
export type FieldType = "text" | "number" | "boolean" | "list" | "map" | "object" | "enum" | "mixed";

const types: Readonly<Record<string, FieldType>> = {
  string: "text",
  number: "number",
  int: "number",
  boolean: "boolean",
  array: "list",
  record: "map",
  object: "object",
  enum: "enum",
  literal: "enum",
};

const blanks: Readonly<Record<FieldType, unknown>> = {
  text: "",
  number: 0,
  boolean: false,
  list: [],
  map: {},
  object: null,
  enum: null,
  mixed: null,
};

/** A function that works something out of the fields of a definition, and does so once for each definition. */
export function oncePerFields<T extends object>(work: (fields: Fields) => T): (fields: Fields) => T {
  const known = new WeakMap<Fields, T>();
  return (fields) => {
    const cached = known.get(fields);
    if (cached) return cached;
    const made = work(fields);
    known.set(fields, made);
    return made;
  };
}

/** The fields of a definition by name, in the order in which they are written. */
export const fieldsOf = oncePerFields((fields): ReadonlyMap<string, FieldInfo> => {
  return new Map(Object.entries(fields).map(([name, schema]) => [name, infoOf(name, schema)] as const));
});

function infoOf(name: string, schema: z.ZodType): FieldInfo {
  const meta = metaOf(schema);
  const type = types[unwrapped(schema).def.type] ?? "mixed";
  const isSecret = meta.secret ?? false;
  return {
    name,
    wire: meta.wire ?? snakeCase(name),
    schema,
    type,
    required: !schema.safeParse(undefined).success,
    secret: isSecret,
    access: meta.access ?? "readable",
    meta,
    initial: "default" in meta ? meta.default : isSecret && type === "text" ? null : blanks[type],
  };
}

function metaOf(schema: z.ZodType): FieldMeta {
  const inner = innerOf(schema);
  return { ...(inner ? metaOf(inner) : {}), ...metas.get(schema) };
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const inner = innerOf(schema);
  return inner ? unwrapped(inner) : schema;
}

function innerOf(schema: z.ZodType): z.ZodType | undefined {
  return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : undefined;
}

/** Whether GitLab's answers never say anything of a field, whatever it is set to. */
export function isBlind(info: FieldInfo): boolean {
  return info.access === "ignored" || info.access === "local";
}

/** The spelling of GitLab's parameters: `pushEvents` is `push_events`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The spelling of this package's arguments: `push_events` is `pushEvents`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

type OptionalNames<F extends Fields> = {
  [K in keyof F]: undefined extends z.input<F[K]> ? K : never;
}[keyof F];

/** The arguments that a program gives for `fields`: each may be a plain value or the output of another resource. */
export type ArgsOf<F extends Fields> = {
  [K in keyof F as K extends OptionalNames<F> ? never : K]: ArgOf<z.input<F[K]>>;
} & {
  [K in keyof F as K extends OptionalNames<F> ? K : never]?: ArgOf<Exclude<z.input<F[K]>, undefined>> | undefined;
};

/**
 * A map or an object may come whole or value by value, as one input or as several. In brackets, so that a choice of
 * values is one input: an output that may be any of them is one of those too.
 */
type ArgOf<T> = [T] extends [readonly (infer V)[]]
  ? pulumi.Input<pulumi.Input<V>[]>
  : [T] extends [object]
    ? pulumi.Input<{ [K in keyof T]: pulumi.Input<T[K]> }>
    : pulumi.Input<T>;

/** The outputs of a resource with `fields`: what GitLab has, or what was last sent where GitLab does not say. */
export type OutputsOf<F extends Fields> = {
  readonly [K in keyof F]: pulumi.Output<z.output<F[K]>>;
};
