import { path, readable, under } from "../../../provider/client";

describe("path", () => {
  test.each([
    [path`/projects/${"acme/shop"}/hooks/${7}`, "/projects/acme%2Fshop/hooks/7"],
    [path`/groups/${"a b?c#d&e"}`, "/groups/a%20b%3Fc%23d%26e"],
    [path`/x/${"%2e%2e"}/y`, "/x/%252e%252e/y"],
    [path`/x/${"a\nb\0c"}`, "/x/a%0Ab%00c"],
    [path`/x/${"\u202Eevil"}`, "/x/%E2%80%AEevil"],
    [path`/x/${"https://evil.example"}`, "/x/https%3A%2F%2Fevil.example"],
    [path`/x/${"a\\b..c"}`, "/x/a%5Cb..c"],
    [path`/notification_settings`, "/notification_settings"],
  ])("%s", (made, expected) => {
    expect(made).toBe(expected);
    // What a URL parser makes of it is the same path: nothing in it climbs.
    expect(new URL(`https://gitlab.test/api/v4${made}`).pathname).toBe(`/api/v4${expected}`);
  });

  test.each(["", ".", "..", "../..", "acme/../other", "a\\..\\b", "/.."])(
    "refuses %j, which would change the path",
    (part) => {
      expect(() => path`/projects/${part}/hooks`).toThrow(/cannot be a part of a GitLab path/);
    },
  );

  test("refuses half characters and numbers that are no ids", () => {
    expect(() => path`/x/${"\uD800"}`).toThrow(/half of a character/);
    expect(() => path`/x/${NaN}`).toThrow(/whole number/);
    expect(() => path`/x/${1.5}`).toThrow(/whole number/);
  });
});

test("under appends a path to another", () => {
  expect(under(path`/projects/${42}`, path`/hooks/${7}`)).toBe("/projects/42/hooks/7");
});

test.each([
  [path`/projects/${"acme/shop"}/hooks`, "/projects/acme/shop/hooks"],
  [path`/x/${"line\nbreak"}`, "/x/line%0Abreak"],
  [path`/x/${"\u202Eevil"}`, "/x/%E2%80%AEevil"],
  ["/x/%zz", "/x/%zz"],
])("readable shows %s without hiding anything", (given, shown) => {
  expect(readable(given)).toBe(shown);
});
