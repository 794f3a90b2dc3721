import { z } from "zod";
import {
  camelCase,
  field,
  fieldsOf,
  flag,
  requiredText,
  secret,
  snakeCase,
  text,
  webUrl,
} from "../../../provider/core/schema";

const fields = {
  url: webUrl(),
  pushEvents: flag(true),
  count: field(z.int().optional(), {}),
  level: field(z.enum(["a", "b"]).optional(), { default: "a" }),
  either: z.literal([0, 1]).optional(),
  names: z.array(z.string()).optional(),
  token: secret(z.string().optional()),
  key: secret(z.string(), { access: "readable", wire: "private_key" }),
  headers: secret(z.record(z.string(), z.string()).optional(), { keysOnly: true }),
  mixed: z.union([z.number(), z.string()]).optional(),
  note: text({ deprecated: "say nothing" }),
};

test.each([
  ["url", { wire: "url", type: "text", required: true, secret: false, access: "readable", initial: "" }],
  ["pushEvents", { wire: "push_events", type: "boolean", required: false, initial: true }],
  ["count", { type: "number", initial: 0 }],
  ["level", { type: "enum", initial: "a" }],
  ["either", { type: "enum", initial: null }],
  ["names", { type: "list", initial: [] }],
  ["token", { secret: true, access: "writeOnly", required: false, initial: null }],
  ["key", { secret: true, access: "readable", wire: "private_key", required: true }],
  ["headers", { type: "map", secret: true, access: "writeOnly", initial: {} }],
  ["mixed", { type: "mixed", initial: null }],
  ["note", { type: "text", meta: { deprecated: "say nothing" } }],
])("%s", (name, expected) => {
  expect(fieldsOf(fields).get(name)).toMatchObject(expected);
});

test("the order is that of the definition", () => {
  expect([...fieldsOf(fields).keys()]).toEqual(Object.keys(fields));
});

test("one schema serves two fields with different properties", () => {
  const shared = z.string().optional();
  const both = fieldsOf({
    one: field(shared, { wire: "first" }),
    two: field(shared, { wire: "second" }),
    three: shared,
  });
  expect([...both.values()].map(({ wire }) => wire)).toEqual(["first", "second", "three"]);
});

test("properties given inside stay when more are given outside", () => {
  const outer = field(secret(z.string().optional()), { wire: "x" });
  expect(fieldsOf({ outer }).get("outer")).toMatchObject({ secret: true, wire: "x", access: "writeOnly" });
  expect(fieldsOf({ wrapped: secret(z.string()).optional() }).get("wrapped")).toMatchObject({
    secret: true,
    required: false,
  });
});

test.each([
  ["pushEvents", "push_events"],
  ["enableSslVerification", "enable_ssl_verification"],
  ["url", "url"],
])("%s is %s", (camel, snake) => {
  expect(snakeCase(camel)).toBe(snake);
  expect(camelCase(snake)).toBe(camel);
});

test.each([
  ["https://ci.example.com", true],
  ["http://10.0.0.1:8080/x?y=z#a", true],
  ["HTTPS://EXAMPLE.COM", true],
  ["https://{host}.example.com/{path}", true],
  ["https://{user-1.x}", true],
  ["ftp://example.com", false],
  ["example.com", false],
  ["https://", false],
  ["https://exa mple.com", false],
  ["https://example.com/\n", false],
  ["javascript:alert(1)", false],
  ["", false],
])("%j as a web address: %p", (given, expected) => {
  expect(webUrl().safeParse(given).success).toBe(expected);
});

test.each(["", " ", "\n\t"])("%j is no required text", (given) => {
  expect(requiredText().safeParse(given).success).toBe(false);
  expect(requiredText().safeParse(`${given}x`).success).toBe(true);
});
