import { publicUrlProblem } from "../validation/public-url";
import { isRe2 } from "../validation/re2";
import type { Field, FieldValue, Rule } from "./fact";

const text = (value: FieldValue): string => String(value);

/** An http or https URL outside the local network. */
export const publicUrl: Rule = (value, { settings }) => publicUrlProblem(text(value), settings.allowLocalRequests);

/** An http or https URL; local addresses allowed. */
export const webUrl: Rule = (value) => publicUrlProblem(text(value), true);

/** A text that matches a pattern. */
export const matching =
  (pattern: RegExp, problem = "is invalid"): Rule =>
  (value) =>
    pattern.test(text(value)) ? undefined : problem;

/** A text of at most so many characters. */
export const atMost =
  (length: number): Rule =>
  (value) =>
    text(value).length <= length ? undefined : `is too long (maximum is ${length} characters)`;

/** One of the listed values. */
export const oneOf =
  (...allowed: readonly FieldValue[]): Rule =>
  (value) =>
    allowed.includes(value) ? undefined : "is not included in the list";

/** A regular expression in RE2's syntax. */
export const re2: Rule = (value) => (isRe2(text(value)) ? undefined : "not valid RE2 syntax");

/** Splits on whitespace and the given separators. */
export const words = (value: FieldValue, separators = /\s+/): string[] =>
  text(value)
    .split(separators)
    .filter((word) => word !== "");

/** Removes slashes from the end of a URL. */
export const withoutTrailingSlash = (value: FieldValue): FieldValue =>
  typeof value === "string" ? value.replace(/\/+$/, "") : value;

/** Removes spaces at both ends. */
export const trimmed = (value: FieldValue): FieldValue => (typeof value === "string" ? value.trim() : value);

/** A required plain text. */
export const required = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  type: "string",
  required: true,
  ...more,
});

/** An optional plain text. */
export const optional = (name: string, more: Partial<Field> = {}): Field => ({ name, type: "string", ...more });

/** An optional boolean. */
export const flag = (name: string, more: Partial<Field> = {}): Field => ({ name, type: "boolean", ...more });

/** A required secret. */
export const secret = (name: string, more: Partial<Field> = {}): Field => required(name, { secret: true, ...more });

/** A required URL whose change drops secrets. */
export const serverUrl = (name: string, more: Partial<Field> = {}): Field =>
  required(name, { resetsSecrets: true, rules: [publicUrl], ...more });

/** `enable_ssl_verification`, on for new rows. */
export const sslVerification = flag("enable_ssl_verification", { initial: true });
