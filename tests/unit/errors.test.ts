import { HalfMadeError, ProviderError, redact } from "../../provider/errors";
import { ProjectHook } from "../../provider";

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

test("what the process would print of an error is empty, and its message stays", () => {
  for (const error of [new ProviderError("why"), new HalfMadeError("id", {}, ["why"])]) {
    expect([error.name, error.stack, error.message]).toEqual(["", "", "why"]);
    expect(error).toBeInstanceOf(Error);
  }
});
