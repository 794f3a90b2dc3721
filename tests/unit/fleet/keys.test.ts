import * as pulumi from "@pulumi/pulumi";
import { Fleet, ProjectHook } from "pulumi-gitlab-dynamic";
import { definitionOf } from "../../../provider/resources/definitions";
import { check } from "../../../provider/fleet";

const hook = { project: "acme/shop", url: "https://ci.example.com/hook" };

/** Inputs of the resources that the program declares. */
const declared: Record<string, unknown>[] = [];

beforeAll(async () => {
  const newResource = ({ inputs }: pulumi.runtime.MockResourceArgs) => {
    declared.push(inputs as Record<string, unknown>);
    return { id: "fleet", state: inputs as object };
  };
  await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs as object }, "project", "stack", false);
});

function fleet(key: string): Fleet {
  // As JSON has it: a key `__proto__` written down in a program is none.
  const entries = JSON.parse(JSON.stringify([[key, hook]])) as [string, typeof hook][];
  return new Fleet("deploys", ProjectHook, Object.fromEntries(entries));
}

/** What an outcome of a check says of an entry with this key. */
function problemsOf(key: string): readonly string[] {
  const definition = definitionOf("ProjectHook");
  if (!definition) throw new Error("no definition");
  return check(definition, {}, { entries: Object.fromEntries([[key, hook]]) }).problems;
}

test.each(["toString", "constructor", "hasOwnProperty", "valueOf", "toJSON", "then", "isPrototypeOf", "😀", "a b\nc"])(
  "an entry may have the key %j, though JavaScript has a meaning for some of these",
  async (key) => {
    const { urn } = fleet(key);
    await new Promise((resolve) => urn.apply(resolve));
    const { entries } = declared.at(-1) as { entries: object };
    expect(Object.entries(entries)).toEqual([[key, hook]]);
    expect(problemsOf(key)).toEqual([]);
  },
);

test.each([
  ["__proto__", 'entries["__proto__"]: a key must not be __proto__'],
  ["\ud800", 'entries["\\ud800"]: a key must be valid Unicode, without lone surrogates'],
  ["acme/\udfff", 'entries["acme/\\udfff"]: a key must be valid Unicode'],
])("the key %j, which gets lost on the way to the engine, is refused by the constructor and by check", (key, text) => {
  expect(() => fleet(key)).toThrow(`Fleet "deploys" ${text}`);
  expect(problemsOf(key)).toEqual([expect.stringContaining(text)]);
});

test("what has become of such a key on its way is refused by check", () => {
  expect(problemsOf("acme/\ufffd")).toEqual([expect.stringContaining("a key must be valid Unicode")]);
});

test.each([
  ["a map that inherits entries", Object.create({ "acme/shop": hook }) as object],
  ["a Map", new Map([["acme/shop", hook]])],
  ["a list", [hook]],
])("%s is refused: its entries would get lost", (_what, entries) => {
  expect(() => new Fleet("deploys", ProjectHook, entries as never)).toThrow("entries must be a plain object");
});
