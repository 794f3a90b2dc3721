import { anonymousError, anonymousFields, SentValues } from "../../../provider/conformance/anonymize";

const names = ["https://gitlab.acme.example/api/v4", "gitlab.acme.example", "Grace Hopper", "grace"];

function sent(): SentValues {
  const values = new SentValues(names);
  values.note({ webhook: "https://example.com/sample1", username: "sample2", channel_count: 7 });
  return values;
}

test.each([
  ["at host db1.acme.internal, 10.20.30.40", "at host <address>, <address>"],
  ["cannot connect to proxy:3128", "cannot connect to <address>"],
  ["no route to [2001:db8::1]:8080 or fe80::1", "no route to <address> or <address>"],
  ["gitlab.acme.example does not know mail.acme", "<name> does not know <address>"],
  ["Grace Hopper (grace) may not, ask ada@acme.example", "<name> (<name>) may not, ask <address>"],
  ["https://example.com/sample1 is blocked for sample2", "<webhook> is blocked for <username>"],
  ["'acme/shop' has 1234 members", "<quoted> has <number> members"],
] as const)("of a refusal that says %p, %p is kept", (text, kept) => {
  expect(anonymousError({ message: text }, sent())).toBe(kept);
});

test.each([
  "properties.username is missing, channel_count is invalid",
  "webhook can't be blank",
  "config.yml is missing in GitLab 18.5.0-ee",
  "is too long (maximum is 255 characters)",
])("%p stays as GitLab says it", (text) => {
  expect(anonymousError({ message: text }, sent())).toBe(text);
});

test("of fields, values are told by what they are", () => {
  const answer = { id: 4711, user_ids: [4712], name: "Grace Hopper", username: "sample2", level: 30, at: "2026-01-02" };
  expect(anonymousFields(answer, sent())).toEqual({
    id: "<number>",
    user_ids: "[<number>]",
    name: "<text>",
    username: "<as sent>",
    level: "30",
    at: "<time>",
  });
});
