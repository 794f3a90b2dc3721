import { isCallable, placeholdersOf, urlReplaces, urlWarnings } from "../../../../provider/resources/hook/url";
import { hiddenValue, unknownValue } from "../../../../provider/core/unknown";

const url = "https://ci.example.com/";
const templated = "https://ci.example.com/{key}";

type Props = Readonly<Record<string, unknown>>;

test.each([
  [url, []],
  [templated, ["key"]],
  ["https://{a}.example.com/{b-1}/{b-1}?x={c.d_e}", ["a", "b-1", "b-1", "c.d_e"]],
  ["https://x/{1}/{}/{a b}", []],
])("the placeholders of %s", (given, expected) => {
  expect(placeholdersOf(given)).toEqual(expected);
});

test.each([
  ["8443", true],
  ["of words", false],
  [unknownValue, true],
  [hiddenValue, true],
])("a port %s is judged as far as it is known", (port, expected) => {
  expect(isCallable("https://ci.example.com:{port}/hook", { port })).toBe(expected);
});

test.each<[string, Props, Props, string[]]>([
  ["nothing changes", { url }, { url }, []],
  ["the URL changes, without variables", { url }, { url: `${url}x` }, []],
  ["an unused variable changes", { url, urlVariables: { k: "1" } }, { url, urlVariables: { k: "2" } }, []],
  [
    "a used one changes",
    { url: templated, urlVariables: { key: "1" } },
    { url: templated, urlVariables: { key: "2" } },
    ["urlVariables"],
  ],
  [
    "the URL changes and uses them",
    { url: templated, urlVariables: { key: "1" } },
    { url: `${templated}/x`, urlVariables: { key: "1" } },
    ["url"],
  ],
  ["the URL changes and uses none any more", { url: templated, urlVariables: { key: "1" } }, { url }, []],
  ["the URL begins to use variables", { url }, { url: templated, urlVariables: { key: "1" } }, []],
  [
    "the new spelling means the same",
    { url: templated, urlVariables: { key: "a" } },
    { url: "https://ci.example.com/{k}", urlVariables: { k: "a", key: "a" } },
    [],
  ],
  [
    "the URL is not known yet",
    { url: templated, urlVariables: { key: "1" } },
    { url: unknownValue, urlVariables: { key: "1" } },
    [],
  ],
  [
    "the variables are not known yet",
    { url: templated, urlVariables: { key: "1" } },
    { url: templated, urlVariables: unknownValue },
    [],
  ],
  [
    "a used variable is not known yet",
    { url: templated, urlVariables: { key: "1" } },
    { url: templated, urlVariables: { key: unknownValue } },
    [],
  ],
  [
    "the object's own names are no variables",
    { url: "https://x/{constructor}", urlVariables: { a: "1" } },
    { url: "https://x/{constructor}", urlVariables: { a: "1" } },
    [],
  ],
])("%s", (_case, olds, news, expected) => {
  expect(urlReplaces(olds, news)).toEqual(expected);
});

test.each<[string, Props, Props, string | undefined]>([
  ["the same URL", { url, tokenPresent: true }, { url }, undefined],
  ["nothing to lose", { url }, { url: `${url}x` }, undefined],
  ["a token that the program holds", { url, tokenPresent: true }, { url: `${url}x`, token: "t" }, undefined],
  ["a token that it does not hold", { url, tokenPresent: true }, { url: `${url}x` }, "the token"],
  [
    "headers that it does not hold",
    { url, customHeaders: { A: "1", B: "2" } },
    { url: `${url}x` },
    "the header A, the header B",
  ],
  [
    "headers that it holds",
    { url, customHeaders: { A: "1" } },
    { url: `${url}x`, customHeaders: { A: "1" } },
    undefined,
  ],
  ["variables", { url, urlVariables: { k: "1" } }, { url: `${url}x` }, "the URL variable k"],
  ["a signing token", { url, signingTokenPresent: true }, { url: `${url}x` }, "perhaps the signing token"],
])("%s is lost with the URL", (_case, olds, news, lost) => {
  const expected = lost === undefined ? [] : [`with the URL, GitLab drops ${lost}, which this program does not hold.`];
  expect(urlWarnings(olds, news)).toEqual(expected);
});
