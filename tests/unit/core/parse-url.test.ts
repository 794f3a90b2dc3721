import { parsedUrl } from "../../../provider/core/parse-url";

test("reads an address, alone and against a base", () => {
  expect(parsedUrl("https://acme.dev/a?b=c")?.href).toBe("https://acme.dev/a?b=c");
  expect(parsedUrl("/a", "https://acme.dev")?.href).toBe("https://acme.dev/a");
});

test.each(["", "acme", "/a", "https://", "https://exa mple.com"])("finds none in %j", (text) => {
  expect(parsedUrl(text)).toBeUndefined();
});

test("finds an international name as often as it is asked", () => {
  const found = Array.from({ length: 50_000 }, () => parsedUrl("https://münchen.example")?.hostname);
  expect(new Set(found)).toEqual(new Set(["xn--mnchen-3ya.example"]));
});
