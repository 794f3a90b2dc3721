import { parentText, plural, type Scope } from "./parent-ref";

/** What a program may have meant as a project or group, and what to do about it. `SCOPE` stands for project or group. */
const mistakes: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^\s*$/, "is empty: give the number, the full path or the ID of a SCOPE. Perhaps a configuration value is not set"],
  [/^\s*[a-z][a-z+.-]*:\/\//i, "is a URL: give the full path alone, EXAMPLE"],
  [/^\s*\w+@[^\s/]+:/, "is an address for git: give the full path alone, EXAMPLE"],
  [/%[\da-f]{2}/i, "is encoded for a URL: give the full path as it is, EXAMPLE"],
  [/^\s|\s$/, "begins or ends with a space: give the full path without it, EXAMPLE"],
  [/\s/, "has a space: give the full path of its address, EXAMPLE, and not its name"],
  [/^\//, "begins with a slash: give the full path without it, EXAMPLE"],
  [/\/$/, "ends with a slash: give the full path without it, EXAMPLE"],
  [/\/\//, "has two slashes in a row: give the full path, EXAMPLE"],
  [/\\/, "has a backslash: separate the parts of the full path with slashes, EXAMPLE"],
  [/\.git$/i, "ends in .git: give the full path without it, EXAMPLE"],
];

/** What stands below a project or group in the ID of one of our resources. */
const below =
  /^(?:projects|groups)\/\d+\/(?:hooks|integrations|push_rule|notification_settings|share|fork|mirror)(?:\/|$)/;

const examples: Readonly<Record<Scope, string>> = { project: "such as acme/shop", group: "such as acme/platform" };
const others: Readonly<Record<Scope, Scope>> = { project: "group", group: "project" };

/**
 * What is wrong with a value as the name of a project or group, and what to give instead. It never quotes the value.
 *
 * @returns undefined for a value that can name one
 */
export function parentProblem(scope: Scope, value: unknown): string | undefined {
  const text = typeof value === "string" ? textProblem(scope, value) : undefined;
  if (text !== undefined) return text.replaceAll("SCOPE", scope).replaceAll("EXAMPLE", examples[scope]);
  if (isTooLarge(value)) return `is a larger number than a ${scope} can have: give its full path, ${examples[scope]}`;
  if (parentText(scope, value) !== undefined) return undefined;
  return `must be the number, the full path or the ID of a ${scope}`;
}

function textProblem(scope: Scope, text: string): string | undefined {
  const other = others[scope];
  if (below.test(text)) return "is the ID of something in a SCOPE: give the SCOPE itself, as in `hook.SCOPEId`";
  if (new RegExp(`^${plural[other]}/\\d+$`).test(text)) return `is the ID of a ${other}: give that of a SCOPE`;
  const mistake = mistakes.find(([pattern]) => pattern.test(text));
  if (mistake) return mistake[1];
  const isBare = scope === "project" && /^[\w.][\w.-]*$/.test(text) && !/^\d+$/.test(text);
  return isBare ? "has no namespace: give the full path with its group or user, EXAMPLE" : undefined;
}

function isTooLarge(value: unknown): boolean {
  const isNumber =
    typeof value === "number" || (typeof value === "string" && /^(?:(?:projects|groups)\/)?\d+$/.test(value));
  return isNumber && Number(String(value).replace(/^\D+/, "")) > Number.MAX_SAFE_INTEGER;
}
