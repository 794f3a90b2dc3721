import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** One problem of a value: where inside it, and what would be right. */
export interface Problem {
  readonly path: readonly string[];
  readonly reason: string;
}

const nouns: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  record: "a map",
  object: "a map",
};

/** What a schema found wrong, without quoting the value. */
export function describeIssue(issue: Issue, value: unknown): Problem[] {
  const path = issue.path.map(String);
  switch (issue.code) {
    case "invalid_type":
      return [{ path, reason: `must be ${typeOf(issue.expected, at(value, issue.path))}` }];
    case "invalid_value":
      return [
        {
          path,
          reason: `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map((allowed) => String(allowed) || '""').join(", ")}`,
        },
      ];
    case "invalid_key":
      return issue.issues.map((inner) => ({ path, reason: `the key ${inner.message}` }));
    case "invalid_union":
      return [{ path, reason: `must be ${unionOf(issue)}` }];
    case "too_big":
      return [{ path, reason: `must ${boundOf("at most", issue.maximum, issue.origin)}` }];
    case "too_small":
      return [{ path, reason: `must ${boundOf("at least", issue.minimum, issue.origin)}` }];
    default:
      return [{ path, reason: issue.message }];
  }
}

function nounOf(expected: string): string {
  return nouns[expected] ?? expected;
}

function typeOf(expected: string, value: unknown): string {
  // A fraction is a number too, so naming its type would not help.
  return expected === "int" && typeof value === "number"
    ? nounOf(expected)
    : `${nounOf(expected)}, but is ${kindOf(value)}`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "boolean") return "a boolean";
  return nounOf(typeof value);
}

function unionOf(issue: Extract<Issue, { code: "invalid_union" }>): string {
  const options = issue.errors.flat().flatMap((inner) => {
    if (inner.code === "invalid_type") return [nounOf(inner.expected)];
    if (inner.code === "invalid_value") return [inner.values.join(", ")];
    return [];
  });
  return [...new Set(options)].join(" or ");
}

function boundOf(limit: string, bound: number | bigint, origin: string): string {
  if (origin === "string") return `have ${limit} ${bound} characters`;
  if (origin === "array") return `have ${limit} ${bound} items`;
  return `be ${limit} ${bound}`;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((current, key) => (current as Readonly<Record<PropertyKey, unknown>>)[key], value);
}
