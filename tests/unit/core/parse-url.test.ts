import { parseUrl } from "../../../provider/core/parse-url";

test("reads an address, alone and against a base", () => {
  expect(parseUrl("https://acme.dev/a?b=c")?.href).toBe("https://acme.dev/a?b=c");
  expect(parseUrl("/a", "https://acme.dev")?.href).toBe("https://acme.dev/a");
});

test.each(["", "acme", "/a", "https://", "https://exa mple.com"])("finds none in %j", (text) => {
  expect(parseUrl(text)).toBeUndefined();
});

test("finds an international name as often as it is asked", () => {
  const found = Array.from({ length: 50_000 }, () => parseUrl("https://münchen.example")?.hostname);
  expect(new Set(found)).toEqual(new Set(["xn--mnchen-3ya.example"]));
});
