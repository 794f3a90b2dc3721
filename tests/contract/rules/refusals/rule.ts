import type { Props } from "../../support/resource-state";

/** Arguments that are right but for one thing, and those that are right. */
export interface RuleCase {
  /** The definition's name. */
  readonly of: string;
  readonly rule: string;
  /** Right with each of `right`, and wrong with each of `wrong`. */
  readonly base: Props;
  readonly wrong: readonly Props[];
  readonly right?: readonly Props[];
  /** The property that the preview names: the last one of what is wrong by itself. */
  readonly names?: string;
  /** Those of both that the emulator is asked about, since it knows the rule in part. @default all of them */
  readonly asked?: readonly Props[];
  /** The emulator does not know the rule; its source is GitLab's code. */
  readonly isOnlyHere?: true;
}

/** What JavaScript, Ruby or PCRE take, and RE2 does not. */
export const notRe2 = [
  "^(?=.*JIRA)",
  "^(?!wip)",
  "(?<=a)b",
  "(?<!a)b",
  "(a)\\1",
  "(?<n>a)\\k<n>",
  "(?>a+)b",
  "a++",
  "a*+",
  "a{2}{3}",
  "a{1001}",
  "(a{100}){100}",
  "a{3,2}",
  "(?#c)a",
  "(?x)a",
  "(?'n'a)",
  "(a)(?(1)b)",
  "[",
  "[z-a]",
  "[[:word",
  "[[:foo:]]",
  "(a",
  "a)",
  "*a",
  "a|*",
  "\\Z",
  "\\h",
  "\\cA",
  "\\u0041",
  "\\p{Foo}",
  "(?P<n>a)(?P<n>b)",
  "\\",
];

/** What RE2 takes, though it looks otherwise. */
export const re2 = [
  "",
  "^(feat|fix)(\\(.+\\))?: .{1,72}$",
  "(?i)jira-\\d+",
  "(?i:a)b(?-s)c",
  "(?P<n>a)|(?<m>b)",
  "\\A\\pL+\\p{Greek}\\P{^Lu}\\z",
  "[[:alpha:]_-]",
  "[]a^-]",
  "[^]]",
  "a{,3}",
  "a{",
  "x*?y+?z??",
  "(a{30}){30}",
  "\\Qa+b\\E*",
  "\\x41\\x{1F600}\\012",
  "\\/\\-\\.\\@",
  "(|a)*",
  "^*",
];

/** The rule of an argument that is a pattern. */
export const pattern = (of: string, name: string, base: Props): RuleCase => ({
  of,
  rule: `${name} is in RE2's syntax`,
  base,
  wrong: notRe2.map((text) => ({ [name]: text })),
  right: re2.map((text) => ({ [name]: text })),
  // The emulator knows RE2's syntax as far as people usually go.
  asked: [...notRe2.slice(0, 6), ...re2.slice(0, 3)].map((text) => ({ [name]: text })),
});
