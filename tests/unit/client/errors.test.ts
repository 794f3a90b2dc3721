import { inspect } from "node:util";
import { GitLabError, LostAnswerError, path, UnreachableError } from "../../../provider/client";
import { detailsOf } from "../../../provider/client/errors";

test.each<[unknown, string[]]>([
  [{ error: "url is missing, token is invalid" }, ["url is missing, token is invalid"]],
  [{ message: "400 Bad request - reason" }, ["400 Bad request - reason"]],
  [
    { message: { url: ["is blocked", "is too long"], base: ["No more hooks"] } },
    ["url is blocked", "url is too long", "No more hooks"],
  ],
  [
    { message: { error: "This endpoint has been requested too many times." } },
    ["This endpoint has been requested too many times."],
  ],
  [{ message: ["one", "two"] }, ["one", "two"]],
  [{ error: "invalid_token", error_description: "Token was revoked." }, ["invalid_token", "Token was revoked."]],
  [{ message: { a: { b: ["deep"] } } }, ["a.b deep"]],
  [{ error: { message: "inner" } }, ["inner"]],
  ["Retry later\n", ["Retry later"]],
  ["<html><body>Bad Gateway</body></html>", []],
  [{ message: null }, []],
  [{ message: 42 }, ["42"]],
  [null, []],
  [[1, 2], []],
  [{ message: "a\nb\u202Ec" }, ["a b c"]],
  [JSON.parse('{"message":{"__proto__":["polluted"]}}') as unknown, ["__proto__ polluted"]],
])("detailsOf %j", (body, expected) => {
  expect(detailsOf(body)).toEqual(expected);
});

test("long texts and long lists are cut", () => {
  const [text = ""] = detailsOf({ message: "x".repeat(100_000) });
  expect(text.length).toBeLessThan(600);
  expect(detailsOf({ message: Array.from({ length: 1000 }, (_, n) => `m${n}`) })).toHaveLength(30);
});

test("a very deep body ends", () => {
  let body: unknown = "x";
  for (let depth = 0; depth < 5000; depth++) body = { message: body };
  expect(detailsOf(body)).toEqual([]);
});

describe("messages", () => {
  const at = path`/projects/${"acme/shop"}/integrations/${"slack"}`;

  test.each<[number, string[], string]>([
    [400, ["webhook is missing"], "PUT /projects/acme/shop/integrations/slack: 400 webhook is missing"],
    [404, ["404 Project Not Found"], "PUT /projects/acme/shop/integrations/slack: 404 Project Not Found"],
    [502, [], "PUT /projects/acme/shop/integrations/slack: 502 Bad Gateway"],
    [422, ["a", "b"], "PUT /projects/acme/shop/integrations/slack: 422 a, b"],
  ])("%d", (status, details, message) => {
    expect(new GitLabError({ method: "PUT", path: at, status, details }).message).toBe(message);
  });

  test("redacted rewrites the texts of the answer everywhere", () => {
    const error = new GitLabError({ method: "PUT", path: at, status: 400, details: ["url hunter2 is bad"], hint: "h" });
    const clean = error.redacted((text) => text.replace("hunter2", "[url]"));
    expect(clean.message).toContain("400 url [url] is bad");
    expect(clean.hint).toBe("h");
    expect(inspect(clean, { depth: 9 })).not.toContain("hunter2");
  });

  test("the other errors say what is known", () => {
    expect(new LostAnswerError("POST", at, { reason: "the connection broke", settlesIn: 0 }).message).toBe(
      "POST /projects/acme/shop/integrations/slack: the response was lost (the connection broke)",
    );
    expect(new UnreachableError("GET", at, "https://x.test", "connection refused").message).toBe(
      "GET /projects/acme/shop/integrations/slack: cannot reach https://x.test: connection refused",
    );
  });
});
