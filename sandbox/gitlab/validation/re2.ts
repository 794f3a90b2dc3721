// What JavaScript has and RE2 has not: look-around and back-references.
const BEYOND_RE2 = /\(\?<?[=!]|\\[1-9]|\\k</;
// Letters that mean something after a backslash; JavaScript takes any other as itself, RE2 refuses it.
const ESCAPED_LETTER = /\\(?![AaBbCDdEfnPpQrSstvWwxz])[A-Za-z]/;
const MAX_REPEAT = 1000;

/**
 * Whether a pattern is a regular expression in RE2's syntax, near enough for what people write in branch
 * filters and push rules: it must compile here after RE2's own spellings are translated.
 */
export function isRe2(pattern: string): boolean {
  const withoutEscapes = pattern.replace(/\\\\/g, "");
  if (BEYOND_RE2.test(withoutEscapes) || ESCAPED_LETTER.test(withoutEscapes)) return false;
  const repeats = [...withoutEscapes.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, least, most]) => [least, most]);
  if (repeats.some((count) => Number(count) > MAX_REPEAT)) return false;
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
