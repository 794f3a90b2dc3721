import { ProjectHook } from "../../../provider";
import { noteSecrets, redact, withoutSecrets } from "../../../provider/secrets/known-secrets";

const { definition } = ProjectHook;

test.each<[string, Record<string, unknown>, string]>([
  ["canary is bad", { token: "canary" }, "[token] is bad"],
  ["canaries are many", { token: "canary" }, "canaries are many"],
  ["is a$&b bad", { token: "a$&b" }, "is [token] bad"],
  ["a is a", { name: "a" }, "[name] is [name]"],
  ["a ab ba", { name: "a" }, "[name] ab ba"],
  ["is é", { name: "é" }, "is [name]"],
  ["éa", { name: "a" }, "éa"],
  ["long and longer", { name: "long", description: "longer" }, "[name] and [description]"],
  ["blank", { name: " " }, "blank"],
  ["value one", { customHeaders: { A: "value one" } }, "[customHeaders]"],
  ["wildcard", { branchFilterStrategy: "wildcard" }, "wildcard"],
  ["true 1", { pushEvents: true }, "true 1"],
  ["https://x.example.com is", { url: "https://x.example.com/" }, "[url] is"],
  ["x.example.com:8443", { url: "https://x.example.com:8443/a" }, "[url]"],
  ["acme/shop", { project: "acme/shop" }, "acme/shop"],
  ['\\"quoted\\"', { name: '"quoted"' }, "[name]"],
  ["lone \ud800 here", { name: "\ud800aaaa" }, "lone \ud800 here"],
])("%j without %j is %j", (message, given, expected) => {
  expect(redact(message, definition, given)).toBe(expected);
});

test.each([
  [`token ${"s".repeat(50)}…`, "token [token]…"],
  ["token ss…", "token ss…"],
  ["nothing of it…", "nothing of it…"],
])("%j was cut", (message, expected) => {
  expect(redact(message, definition, { token: "s".repeat(900) })).toBe(expected);
});

test("old and new values are both taken out", () => {
  expect(redact("one two", definition, { token: "one" }, { token: "two" })).toBe("[token] [token]");
});

const address = "https://hooks.example.com/services/T0/canary-of-the-key?signature=canary-signature-of";

test.each<[string, string, string]>([
  ["in base64", "canary-token", Buffer.from("canary-token").toString("base64")],
  ["in base64 without its end", "canary-token!", Buffer.from("canary-token!").toString("base64").replace("=", "")],
  ["percent-encoded", "canary/?token", "canary%2F%3Ftoken"],
  ["percent-encoded in lower case", "canary/?token", "canary%2f%3ftoken"],
  ["as a form", "canary token", "canary+token"],
  ["as HTML", "<canary'token>", "&lt;canary&#39;token&gt;"],
  ["as Ruby prints it", "canary#{token}", "canary\\#{token}"],
  ["line by line", "canary one\ncanary two", "canary two, then canary one"],
])("a value %s", (_form, token, echoed) => {
  const shown = redact(`token ${echoed} is bad`, definition, { token });
  expect(shown).not.toMatch(/canary|one|two|Y2FuYXJ5/);
  expect(shown).toMatch(/^token .*\[token\].* is bad$/);
});

test.each(["canary-of-the-key", "canary-signature-of", "/services/T0/canary-of-the-key", "hooks.example.com"])(
  "%s is known as a part of an address",
  (part) => {
    expect(redact(`${part} is bad`, definition, { url: address })).toBe("[url] is bad");
  },
);

test("words of a description are no secrets by themselves", () => {
  const description = "Tells the webhooks of production";
  expect(redact("too many webhooks", definition, { description })).toBe("too many webhooks");
});

test("a long value does not hold anything up", () => {
  const description = Array.from({ length: 100_000 }, (_, n) => `line ${n}\n`).join("");
  const started = Date.now();
  expect(redact(`${"/".repeat(400)} line 99…`, definition, { description, url: "/".repeat(1e6) })).toContain("…");
  expect(Date.now() - started).toBeLessThan(5_000);
});

test("the secrets of every resource of the process are taken out, and its ordinary texts are not", () => {
  noteSecrets(definition, {
    token: "canary-of-another",
    description: "the description",
    customHeaders: { A: "short" },
  });
  expect(withoutSecrets("canary-of-another of the description is short")).toBe("[secret] of the description is short");
});

test("the secrets of a fleet's entries are known, and its other texts are not", () => {
  const entries = {
    "acme/a": { token: "canary-of-an-entry", name: "the name of it" },
    unknown: "04da6b54",
    other: null,
  };
  noteSecrets(definition, { entries });
  expect(withoutSecrets("canary-of-an-entry, Y2FuYXJ5LW9mLWFuLWVudHJ5, the name of it, 04da6b54")).toBe(
    "[secret], [secret], the name of it, 04da6b54",
  );
});
