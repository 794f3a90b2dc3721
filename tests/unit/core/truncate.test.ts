import { truncate } from "../../../provider/core/truncate";

test.each([
  ["acme/shop:7", "acme/shop:7"],
  ["a\nb\0\u202Ec\u2028", "a\\u{a}b\\u{0}\\u{202e}c\\u{2028}"],
  ["\uD800", "\\u{d800}"],
  ["x".repeat(100), "x".repeat(100)],
  ["x".repeat(1_000_000), `${"x".repeat(100)}…`],
  ["\u{1F600}".repeat(101), `${"\u{1F600}".repeat(100)}…`],
])("%#: a given name is shown short and visible", (given, expected) => {
  expect(truncate(given)).toBe(expected);
});

test("a name of nothing but hidden characters stays short, too", () => {
  expect(truncate("\u202E".repeat(1_000_000)).length).toBeLessThan(1_000);
});
