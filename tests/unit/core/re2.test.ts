import { re2Problem } from "../../../provider/core/re2";

test.each([
  ["(?=x)", "RE2 has no look-ahead such as (?=...)"],
  ["(?!x)", "RE2 has no look-ahead such as (?!...)"],
  ["(?<=x)", "RE2 has no look-behind such as (?<=...)"],
  ["(?<!x)", "RE2 has no look-behind such as (?<!...)"],
  ["(x)\\1", "RE2 has no back-references such as \\1"],
  ["(?P=n)", "RE2 has no back-references such as (?P=name)"],
  ["(?>x)", "RE2 has no atomic groups such as (?>...)"],
  ["(?R)", "RE2 has no recursion such as (?R)"],
  ["x++", "a repetition such as * or + follows another one; RE2 has no possessive ones"],
  ["(?x)x", "RE2 has no flags but i, m, s and U"],
  ["(x", "a ( has no )"],
  ["x)", "a ) has no ("],
  ["[x", "a [ has no ]"],
  ["[b-a]", "a range in brackets is in the wrong order"],
  ["+x", "a repetition such as * or + has nothing before it"],
  ["x{1001}", "RE2 repeats nothing more than 1,000 times"],
  ["\\y", "a backslash stands before a letter that means nothing to RE2"],
])("%s: %s", (pattern, problem) => {
  expect(re2Problem(pattern)).toBe(problem);
  expect(re2Problem(`canary0value${pattern}`) ?? "").not.toContain("canary0value");
});

test("a backslash makes any sign stand for itself, and two make one", () => {
  for (const sign of "!\"#$%&'()*+,-./:;<=>?@[]^`{|}~\\ ") {
    expect([sign, re2Problem(`a\\${sign}b[\\${sign}]`)]).toEqual([sign, undefined]);
  }
  expect(re2Problem("\\\\1 \\\\k<n>")).toBeUndefined();
});

test("hostile patterns are read in one pass", () => {
  for (const part of ["(", "[[:", "(?:", "\\Q", "{1", "(?P<a>", "a{2}|", "\\"]) {
    expect(() => re2Problem(part.repeat(50_000))).not.toThrow();
  }
});
