import { definitionsByName } from "../../../../provider/resources/definitions";
import { check } from "../../../../provider/operations/check";

type Props = Readonly<Record<string, unknown>>;

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const url = "https://ci.example.com/hook";

/** The problems of a project's hook, as a preview shows them. */
function problems(args: Props, olds: Props = {}): readonly string[] {
  const definition = definitionsByName().get("ProjectHook");
  if (!definition) throw new Error("no definition");
  return check(definition, olds, { project: 42, url, ...args }).problems;
}

function keys(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, "v"]));
}

test.each(["customHeaders", "urlVariables"])("%s: 20 keys, their form, and the length of values", (map) => {
  expect(problems({ [map]: keys(20) })).toEqual([]);
  expect(problems({ [map]: keys(21) })).toEqual([`${map}: must have at most 20 keys`]);
  expect(problems({ [map]: { "X-Team_a.b1": "v".repeat(2048) } })).toEqual([]);
  expect(problems({ [map]: { a: "v".repeat(2049) } })).toEqual([`${map}.a: must have between 1 and 2,048 characters`]);
  expect(problems({ [map]: { a: "" } })).toEqual([`${map}.a: must have between 1 and 2,048 characters`]);
  for (const key of ["1a", "a b", "a--b", "-a", "a-", "é", "a1b"]) {
    expect(problems({ [map]: { [key]: "v" } })).toEqual([
      expect.stringMatching(/: the key must be letters, then digits/),
    ]);
  }
  expect(problems({ [map]: { a: unknown } })).toEqual([]);
  expect(problems({ [map]: unknown })).toEqual([]);
});

test("a placeholder without a variable, and a variable that the URL still needs", () => {
  const missing = "url: has the placeholder {room}, but urlVariables has no room";
  expect(problems({ url: `${url}/{room}` })).toEqual([missing]);
  expect(problems({ url: `${url}/{room}/{key}`, urlVariables: { key: "k" } })).toEqual([missing]);
  expect(problems({ url: `${url}/{room}`, urlVariables: { room: unknown } })).toEqual([]);
  expect(problems({ url: `${url}/{room}`, urlVariables: unknown })).toEqual([]);
  const olds = { project: 42, url: `${url}/{room}` };
  // Set on GitLab, and never the program's.
  expect(problems({ url: `${url}/{room}` }, olds)).toEqual([]);
  expect(problems({ url: `${url}/{room}` }, { ...olds, urlVariables: { room: "blue" } })).toEqual([missing]);
  expect(problems({ url: `${url}/{room}`, __import: "projects/42/hooks/7" })).toEqual([]);
});

test("URLs, tokens, templates and filters", () => {
  const notUrl = "url: must be a URL that starts with http:// or https://";
  for (const bad of ["ftp://ci.example.com", "ci.example.com", "https://ci.example.com/a b", ""]) {
    expect(problems({ url: bad })).toEqual([notUrl]);
  }
  expect(problems({ token: "two\nlines" })).toEqual(["token: must not contain a line break"]);
  const signingToken = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  expect(problems({ signingToken })).toEqual([]);
  for (const bad of ["x", "whsec_x", `whsec_${Buffer.alloc(31).toString("base64")}`, signingToken.slice(6)]) {
    expect(problems({ signingToken: bad })).toEqual([
      "signingToken: must be whsec_ and the base64 of exactly 32 bytes",
    ]);
  }
  expect(problems({ customWebhookTemplate: "x".repeat(4096) })).toEqual([]);
  expect(problems({ customWebhookTemplate: "x".repeat(4097) })).toEqual([
    "customWebhookTemplate: must have at most 4,096 characters",
  ]);
  expect(problems({ branchFilterStrategy: "all_branches", pushEventsBranchFilter: "x" })).toEqual([
    expect.stringMatching(/^pushEventsBranchFilter: has no effect while branchFilterStrategy is all_branches/),
  ]);
  expect(problems({ branchFilterStrategy: "some" })).toEqual([
    "branchFilterStrategy: must be one of wildcard, regex, all_branches",
  ]);
});
