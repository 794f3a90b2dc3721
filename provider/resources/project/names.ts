/** Words that GitLab keeps for pages below a project, in any case. */
// prettier-ignore
const reserved = [
  "-", "badges", "blame", "blob", "builds", "commits", "create", "create_dir", "edit", "files", "find_file", "new",
  "preview", "raw", "refs", "tree", "update", "wikis",
];

const legalPath = /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/;
const usualName = /^[\p{L}\p{M}\p{Nd}\u{A9}-\u{1F9FF}_][\p{L}\p{M}\p{Nd}\p{Pd}\u{A9}-\u{1F9FF}_+. ]*$/u;

/** Whether GitLab takes a text as the name of a project. White space at its ends counts for nothing. */
export function isProjectName(given: string): boolean {
  return usualName.test(given.trim());
}

/** What a project's name must be, as a reason. */
export const nameRule =
  "must begin with a letter, a digit, an emoji or _, and hold nothing but these, spaces, dots, dashes and +";

/** Whether a text can be the last part of the address of a project that is there already: GitLab once took more than now. */
export function isOlderPath(given: string): boolean {
  return /^(?!.*\.(?:git|atom)$)[A-Za-z0-9_.][A-Za-z0-9_.-]*$/.test(given);
}

/** Whether GitLab takes a text as the last part of a project's address. */
export function isProjectPath(given: string): boolean {
  return (
    given.length <= 255 &&
    legalPath.test(given) &&
    !/\.(git|atom)$/.test(given) &&
    !reserved.includes(given.toLowerCase())
  );
}

/** What a project's path must be, as a reason. */
export const pathRule =
  "must be letters and digits with single dots, dashes or underscores between, must not end in .git or .atom, and must not " +
  `be a word that GitLab keeps for itself: ${reserved.slice(1).join(", ")}`;

/**
 * Whether GitLab can make a path of a name alone: one that already is a path stays as it is; of any other it takes letters
 * and digits that have a Latin form.
 */
export function givesPath(name: string): boolean {
  const given = name.trim();
  if (isOlderPath(given)) return isProjectPath(given);
  const plain = given.normalize("NFD").replace(/\p{M}/gu, "");
  // GitLab writes some more letters in Latin ones: which, is its own affair.
  if (/[^\0-\x7f]/.test(plain)) return /[\p{Script=Latin}0-9]/u.test(plain);
  return isProjectPath(
    plain
      .replace(/[^\w-]+/g, "-")
      .replace(/-{2,}/g, "-")
      .replace(/^-|-$/g, "")
      .toLowerCase(),
  );
}

/** Whether an entry of a list of topics is one, or several with commas between, that GitLab takes. */
export function isTopic(given: string): boolean {
  return given.split(",").every((topic) => topic.trim().length <= 255 && !/[\r\n]/.test(topic.trim()));
}
