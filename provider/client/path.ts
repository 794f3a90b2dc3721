import { truncate } from "../core/truncate";

/** The longest part of a path, in characters: the longest project path has 5,375, and servers end at 8 KB or later. */
const longestPart = 6_000;

declare const brand: unique symbol;

/**
 * A path below `/api/v4` whose variable parts are percent-encoded.
 *
 * Only {@link path} and {@link under} make one, so no name, key or id can turn a request into one for another path.
 */
export type ApiPath = string & { readonly [brand]: true };

/** Parameters of a request's query; `undefined` ones are left out, lists are sent as `name[]`. */
export type Query = Readonly<Record<string, string | number | boolean | readonly (string | number)[] | undefined>>;

/**
 * Builds an API path and percent-encodes every interpolated part.
 *
 * @throws Error when a part is empty or too long, has a step `.` or `..`, or is no text that can be encoded: such a part
 * could change the path.
 * @example path`/projects/${"acme/shop"}/hooks/${7}` // "/projects/acme%2Fshop/hooks/7"
 */
export function path(strings: TemplateStringsArray, ...parts: readonly (string | number)[]): ApiPath {
  let text = strings[0] ?? "";
  parts.forEach((part, index) => {
    text += encode(part) + (strings[index + 1] ?? "");
  });
  return text as ApiPath;
}

/**
 * Appends one API path to another.
 *
 * @example under(path`/projects/${42}`, path`/hooks`) // "/projects/42/hooks"
 */
export function under(base: ApiPath, more: ApiPath): ApiPath {
  return (base + more) as ApiPath;
}

/**
 * The path of a project or group, or of something below it.
 *
 * @throws Error as {@link path}
 * @example apiPath("project", "acme/shop", "hooks", 7) // "/projects/acme%2Fshop/hooks/7"
 */
export function apiPath(
  scope: "project" | "group",
  parent: string | number,
  ...segments: readonly (string | number)[]
): ApiPath {
  return segments.reduce<ApiPath>(
    (above, segment) => under(above, path`/${segment}`),
    scope === "project" ? path`/projects/${parent}` : path`/groups/${parent}`,
  );
}

/**
 * An API path as people write it: decoded, so `acme%2Fshop` reads `acme/shop`.
 *
 * Characters that would break a line or hide text stay encoded.
 */
export function readable(apiPath: string): string {
  return apiPath
    .split("/")
    .map((part) => decode(part).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escapeCharacter))
    .join("/");
}

function encode(part: string | number): string {
  if (typeof part === "number" && !Number.isSafeInteger(part)) {
    throw new Error("a number in a GitLab path must be a whole number");
  }
  const text = String(part);
  if (text.length > longestPart) throw new Error(`"${truncate(text)}" is too long for a part of a GitLab path`);
  // Encoding does not help: URL parsers read `%2e%2e`, and some proxies `..%2F`, as a step upwards too.
  if (text === "" || text.split(/[/\\]/).some((step) => step === "." || step === "..")) {
    throw new Error(`"${truncate(text)}" cannot be a part of a GitLab path`);
  }
  if (/\p{Cs}/u.test(text)) throw new Error("a part of a GitLab path contains half of a character (a lone surrogate)");
  return encodeURIComponent(text);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function escapeCharacter(character: string): string {
  return /\p{Cs}/u.test(character) ? "\uFFFD" : encodeURIComponent(character);
}
