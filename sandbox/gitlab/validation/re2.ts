// What JavaScript has and RE2 has not: look-around and back-references.
const BEYOND_RE2 = /\(\?<?[=!]|\\[1-9]|\\k</;

/**
 * Whether a pattern is a regular expression in RE2's syntax, near enough for what people write in branch
 * filters and push rules: it must compile here after RE2's own spellings are translated.
 */
export function isRe2(pattern: string): boolean {
  const withoutEscapes = pattern.replace(/\\\\/g, "");
  if (BEYOND_RE2.test(withoutEscapes)) return false;
  const translated = pattern
    .replace(/\(\?P</g, "(?<")
    .replace(/\(\?[imsU]+(-[imsU]+)?\)/g, "")
    .replace(/\(\?[imsU]+(-[imsU]+)?:/g, "(?:")
    .replace(/\[\[:\^?[a-z]+:\]\]/g, "[a]")
    .replace(/\\[AzQEC]/g, "");
  try {
    new RegExp(translated);
    return true;
  } catch {
    return false;
  }
}
