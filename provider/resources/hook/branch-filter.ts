const longestFilter = 4000;

/** What is wrong with a wildcard for branches: with any text in place of each `*`, it must be a name that Git allows. */
export function branchFilterProblem(given: string): string | undefined {
  const filter = given.trim().replace(/\s+/g, " ");
  if (filter.length > longestFilter) return "must have at most 4,000 characters";
  if (filter === "" || isBranchName(filter.replaceAll("*", "x"))) return undefined;
  return (
    "must be the name of a branch, with * for any text, while branchFilterStrategy is wildcard: Git allows no spaces, no " +
    "~ ^ : ? [ \\ in names, no .. or //, and no dash, dot or slash at either end"
  );
}

function isBranchName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- Git forbids control characters in names.
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{/.test(name)) return false;
  if (/^-|\.$/.test(name)) return false;
  return name.split("/").every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock"));
}
