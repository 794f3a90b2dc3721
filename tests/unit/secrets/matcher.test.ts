import fc from "fast-check";
import { redacted } from "../../../provider/secrets/redact";
import { SecretMatcher } from "../../../provider/secrets/matcher";

function veilOf(values: Iterable<string>): SecretMatcher {
  const veil = new SecretMatcher("[secret]");
  for (const value of values) veil.add(value);
  return veil;
}

const token = fc.stringMatching(/^[\w.-]{1,30}$/);
const address = fc
  .tuple(token, token)
  .map(([host, key]) => `https://u:${key}@${host}.example.com/services/${key}?k=${key}`);
const lines = fc.array(token, { minLength: 2, maxLength: 9 }).map((all) => all.join("\n"));
const value = fc.oneof(
  token,
  address,
  lines,
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc.string({ minLength: 300 }),
);

/** How servers write a value; what this one is written as stands in the middle of a message. */
const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.trim(),
  (text) => JSON.stringify(text),
  (text) => (/\p{Cs}/u.test(text) ? text : encodeURIComponent(text)),
  (text) => Buffer.from(text).toString("base64"),
  (text) => Buffer.from(text).toString("base64url"),
  (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;"),
  (text) => text.split("\n").at(-1) ?? "",
];

const message = (values: readonly string[]) =>
  fc
    .tuple(fc.string(), fc.constantFrom(...values), fc.constantFrom(...spellings), fc.string(), fc.option(fc.nat(99)))
    .map(([before, one, spelling, after, cut]) => {
      const text = `${before} ${spelling(one)} ${after}`;
      return cut === null ? text : `${text.slice(0, Math.ceil((text.length * cut) / 100))}…`;
    });

const cases = fc
  .array(value, { minLength: 1, maxLength: 12 })
  .chain((values) => fc.record({ values: fc.constant(values), text: message(values) }));

test("takes out what looking for every spelling of every value takes out", () => {
  fc.assert(
    fc.property(cases, ({ values, text }) => {
      const oneByOne = values.map((one) => [one, "[secret]"] as const);
      expect(redacted(text, [], veilOf(values))).toBe(redacted(text, oneByOne));
    }),
    { numRuns: 400, seed: 6 },
  );
});

test("takes a plain token out however it is written", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w.-]{8,40}$/), fc.constantFrom(...spellings), (secret, spelling) => {
      const shown = redacted(`it is ${spelling(secret)} !`, [], veilOf([secret]));
      expect(shown).toMatch(/^it is "?\[secret\]"? !$/);
    }),
    { seed: 6 },
  );
});

test("ten thousand secrets hold no message up", () => {
  const keys = Array.from({ length: 10_000 }, (_, n) => `https://hooks.example.com/services/T0/B0/key-number-${n}`);
  const veil = veilOf([...keys, ...keys.map((_, n) => `glpat-token-number-${n}`)]);
  const text = `PUT /projects/42/hooks/1: 422 ${keys[77] ?? ""} and glpat-token-number-9999 at hooks.example.com are bad`;
  expect(redacted(text, [], veil)).toBe("PUT /projects/42/hooks/1: 422 [secret] and [secret] at [secret] are bad");
  const started = Date.now();
  for (let n = 0; n < 500; n++) redacted(text, [], veil);
  // One by one, a single message takes half a second.
  expect(Date.now() - started).toBeLessThan(10_000);
});
