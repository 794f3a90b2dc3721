import { errorText } from "./answer";

/**
 * The types GitLab declares for parameters: `strings` and `integers` are lists, `pairs` a list of `{key, value}`,
 * `time` an ISO 8601 text, `map` texts by name, `object` nested parameters, `json` a map as it came, `file` an upload.
 */
export type ParamType =
  "string" | "boolean" | "integer" | "strings" | "integers" | "pairs" | "time" | "map" | "object" | "json" | "file";

/** One declared parameter of a route. */
export interface Param {
  readonly type: ParamType;
  readonly required?: boolean;
  readonly values?: readonly string[];
  /** The parameters inside an `object`. */
  readonly fields?: Params;
}

/** A file that came with a multipart body. */
export class Upload {
  /**
   * @param name the file's name
   * @param type its content type
   * @param content its bytes
   */
  constructor(
    readonly name: string,
    readonly type: string,
    readonly content: Buffer,
  ) {}
}

/** The parameters inside an `object` or a `map`, after coercion. */
export interface Nested {
  readonly [name: string]: Value;
}

/** Declared parameters by name. */
export type Params = Readonly<Record<string, Param>>;

/** One entry of a `pairs` parameter. */
export interface Pair {
  readonly key: string;
  readonly value: string;
}

/** A parameter after coercion. */
export type Value =
  string | number | boolean | null | readonly string[] | readonly number[] | readonly Pair[] | Nested | Upload;

/** What a request brought, by name, before any check. */
export type Input = Readonly<Record<string, unknown>>;

/** What a query or a body holds by name; nothing when it is no map. */
export const inputOf = (value: unknown): Input => (isMap(value) ? value : {});

/** Thrown by a coercion; its text is the part that follows the parameter's name. */
class Rejected extends Error {}

const TRUE = new Set(["1", "on", "t", "true", "y", "yes"]);
const FALSE = new Set(["0", "off", "f", "false", "n", "no"]);

/**
 * Picks the declared parameters out of a request and coerces them, dropping the rest silently.
 * Raises a 400 that lists every missing or malformed parameter.
 */
export function pickDeclared(declared: Params, input: Input): Record<string, Value> {
  const given: Record<string, Value> = {};
  const problems: string[] = [];
  for (const [name, param] of Object.entries(declared)) {
    if (!Object.hasOwn(input, name)) {
      if (param.required === true) problems.push(`${name} is missing`);
      continue;
    }
    try {
      given[name] = coerce(name, param, input[name]);
    } catch (problem) {
      if (!(problem instanceof Rejected)) throw problem;
      problems.push(problem.message);
    }
  }
  if (problems.length > 0) throw errorText(400, problems.join(", "));
  return given;
}

function coerce(name: string, param: Param, raw: unknown): Value {
  if (raw === null || raw === undefined) return null;
  if (raw === "" && param.type !== "string") return null;
  const value = coerceTo[param.type](raw, name, param);
  if (param.values !== undefined && typeof value === "string" && !param.values.includes(value)) {
    throw new Rejected(`${name} does not have a valid value`);
  }
  return value;
}

const coerceTo: Record<ParamType, (raw: unknown, name: string, param: Param) => Value> = {
  string(raw, name) {
    if (typeof raw === "string") return raw;
    if (typeof raw === "number" || typeof raw === "boolean") return String(raw);
    throw invalid(name);
  },
  boolean(raw, name) {
    if (typeof raw === "boolean") return raw;
    const text = typeof raw === "string" || typeof raw === "number" ? String(raw).toLowerCase() : "";
    if (TRUE.has(text)) return true;
    if (FALSE.has(text)) return false;
    throw invalid(name);
  },
  integer(raw, name) {
    if (typeof raw === "number" && Number.isSafeInteger(raw)) return raw;
    if (typeof raw === "string" && /^[+-]?\d+$/.test(raw)) return Number(raw);
    throw invalid(name);
  },
  strings(raw, name) {
    if (typeof raw === "string") return raw.split(",").map((item) => item.trim());
    if (!Array.isArray(raw)) throw invalid(name);
    return raw.map((item) => text(item, name));
  },
  integers(raw, name, param) {
    const items: unknown[] = Array.isArray(raw) ? raw : typeof raw === "string" ? raw.split(",") : [raw];
    return items.map((item) => coerceTo.integer(item, name, param) as number);
  },
  time(raw, name) {
    if (typeof raw !== "string" || Number.isNaN(Date.parse(raw))) throw invalid(name);
    return new Date(raw).toISOString();
  },
  map(raw, name) {
    if (!isMap(raw)) throw invalid(name);
    return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, text(value, name)]));
  },
  object(raw, name, { fields = {} }) {
    if (!isMap(raw)) throw invalid(name);
    const inner = Object.entries(fields).filter(([key]) => Object.hasOwn(raw, key));
    return Object.fromEntries(inner.map(([key, param]) => [key, coerce(`${name}[${key}]`, param, raw[key])]));
  },
  json(raw, name) {
    if (!isMap(raw)) throw invalid(name);
    return raw as Nested;
  },
  file(raw, name) {
    if (raw instanceof Upload) return raw;
    throw invalid(name);
  },
  pairs(raw, name) {
    if (!Array.isArray(raw)) throw invalid(name);
    return raw.map((item, index) => pair(item, `${name}[${index}]`));
  },
};

function pair(item: unknown, name: string): Pair {
  if (!isMap(item)) throw invalid(name);
  const missing = ["key", "value"].filter((part) => !Object.hasOwn(item, part));
  if (missing.length > 0) throw new Rejected(missing.map((part) => `${name}[${part}] is missing`).join(", "));
  return { key: text(item.key, `${name}[key]`), value: text(item.value, `${name}[value]`) };
}

function text(raw: unknown, name: string): string {
  return raw === null ? "" : (coerceTo.string(raw, name, { type: "string" }) as string);
}

function isMap(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw) && !(raw instanceof Upload);
}

function invalid(name: string): Rejected {
  return new Rejected(`${name} is invalid`);
}
