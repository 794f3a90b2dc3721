/** Where an object of GitLab's API lives. */
export type Scope = "project" | "group";

/** What a parent is called in a path of the API. */
export const plural: Readonly<Record<Scope, string>> = { project: "projects", group: "groups" };

/** The longest path: 20 groups in each other and a project, whose names have at most 255 characters. */
const longestParent = 21 * 256 - 1;

/** Whether a text can name a project or group: a number, or path segments as GitLab allows them. */
export function isParent(text: string): boolean {
  if (text.length > longestParent) return false;
  if (/^\d+$/.test(text)) return !text.startsWith("0") && isExact(text);
  // As parts of a URL, one and two dots lead elsewhere.
  return text.split("/").every((part) => /^[\w.][\w.-]*$/.test(part) && !/^\.{1,2}$/.test(part));
}

/**
 * A project or group as a program names it, without the prefix of our own IDs: `projects/42` is `42`.
 *
 * @returns undefined for a value that names none
 */
export function parentText(scope: Scope, value: unknown): string | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
  if (typeof value !== "string") return undefined;
  const text = withoutPrefix(value, `${plural[scope]}/`) ?? value;
  return isParent(text) ? text : undefined;
}

/** Whether a number is kept as it is written: larger ones would become another. */
export function isExact(digits: string): boolean {
  return Number.isSafeInteger(Number(digits));
}

/** What follows a prefix. @returns undefined for a text that does not begin with it */
export function withoutPrefix(text: string, prefix: string): string | undefined {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
}
