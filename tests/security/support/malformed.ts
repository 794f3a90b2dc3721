import fc, { type Arbitrary } from "fast-check";
import type { Props } from "../../contract/support/managed-resource";
import { unknownValue } from "../../../provider/core/unknown";

/** A piece of every text that is given, and that no problem may quote. */
export const marker = "given0value";

const hostileTexts = [
  "",
  " ",
  "\n",
  "\r\n",
  "\u0000",
  "\u202e",
  "\ud800",
  "../..",
  "%2e%2e%2f",
  "..%2F",
  "https://",
  "https://[",
  "javascript:alert(1)",
  "{",
  "${HOME}",
  "\u2028",
  "<script>",
  "'; DROP TABLE projects; --",
];

/** Texts that are hard on readers, each with the marker. */
export const hostileText: Arbitrary<string> = fc
  .tuple(fc.constantFrom(...hostileTexts), fc.string({ unit: "binary", maxLength: 20 }), fc.boolean())
  .map(([hostile, more, isFirst]) => (isFirst ? `${hostile}${marker}${more}` : `${marker}${more}${hostile}`));

/** A text of about a megabyte, of one unit again and again: what a pattern that looks twice never gets through. */
export const longText: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      " ",
      "/",
      "a",
      "<",
      "{a",
      "1",
      ",",
      "@",
      "\n",
      ".",
      "-",
      "1,",
      "a@b.c,",
      "irc://a ",
      "a:",
      "\u202e",
    ),
    fc.constantFrom("", "https://", "https://a/", "irc://", marker),
    fc.constantFrom("", "x", "<", marker),
  )
  .map(([unit, head, tail]) => head + unit.repeat(2 ** 20 / unit.length) + tail);

/** Anything that a program in JavaScript can hand over, and the engine carries. */
export const anyValue: Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  {
    weight: 3,
    arbitrary: fc.anything({
      key: fc.oneof(
        fc.constantFrom("__proto__", "constructor", "toString", "length"),
        fc.string({ unit: "binary", maxLength: 8 }),
      ),
      values: [hostileText, fc.boolean(), fc.integer(), fc.double(), fc.constant(null), fc.constant(unknownValue)],
      maxDepth: 3,
      maxKeys: 4,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      null,
      0,
      -1,
      1.5,
      true,
      false,
      [],
      {},
      [[]],
      [null],
      { A: null },
      NaN,
      Infinity,
    ),
  },
  { weight: 1, arbitrary: fc.constant(unknownValue) },
);

/** Names of arguments that no resource has. */
const otherNames = fc.oneof(
  fc.constantFrom(
    "constructor",
    "toString",
    "hasOwnProperty",
    "prototype",
    "id",
    "urn",
    "push_events",
    "projectId",
    "Url",
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).filter((name) => !name.startsWith("__")),
);

/** Valid arguments with some replaced, some taken away and some added. */
export function malformed(valid: Arbitrary<Props>, names: readonly string[]): Arbitrary<Props> {
  const broken = fc.dictionary(fc.constantFrom(...names), anyValue, { minKeys: 0, maxKeys: 4 });
  const added = fc.dictionary(otherNames, anyValue, { maxKeys: 2 });
  return fc
    .tuple(valid, broken, added, fc.array(fc.constantFrom(...names), { maxLength: 2 }))
    .map(([args, wrong, more, missing]) =>
      Object.fromEntries(Object.entries({ ...args, ...wrong, ...more }).filter(([name]) => !missing.includes(name))),
    );
}

/** The same arguments with some values not known yet, at any depth. */
export function computed(args: Props, chosen: readonly number[]): Props {
  return Object.fromEntries(
    Object.entries(args).map(([name, value], index) => {
      const choice = chosen[index % Math.max(1, chosen.length)] ?? 0;
      return [name, choice % 3 === 0 ? value : choice % 3 === 1 ? unknownValue : withinUnknown(value)];
    }),
  );
}

function withinUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(() => unknownValue);
  if (typeof value !== "object" || value === null) return unknownValue;
  return Object.fromEntries(Object.keys(value).map((key) => [key, unknownValue]));
}
