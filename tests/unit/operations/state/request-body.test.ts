import { z } from "zod";
import { withoutEndSlashes } from "../../../../provider/core/codecs";
import { field, fieldsOf, flag, secret, text, type FieldInfo } from "../../../../provider/core/schema";
import type { Definition } from "../../../../provider/core/definition";
import { hiddenValue } from "../../../../provider/core/unknown";
import { bodyOf, defined, fromWire, same, toWire } from "../../../../provider/operations/state/request-body";

const fields = {
  name: text(),
  on: flag(true),
  size: field(z.int().optional(), { default: 0 }),
  mode: field(z.literal([0, 1]).optional(), { default: 0 }),
  keys: field(z.array(z.string()).optional(), {}),
  address: text({ codec: withoutEndSlashes }),
  headers: secret(z.record(z.string(), z.string()).optional(), { keysOnly: true }),
  token: secret(z.string().optional()),
  demanded: flag(true, { always: true }),
};
const definition: Definition = { name: "X", kind: "hook", scopes: ["project"], path: "x/:id", fields, outputs: [] };

function info(name: string): FieldInfo {
  const found = fieldsOf(fields).get(name);
  if (!found) throw new Error(name);
  return found;
}

test.each<[string, unknown, unknown, boolean]>([
  ["name", null, "", true],
  ["name", undefined, "x", false],
  ["on", null, false, true],
  ["on", undefined, true, false],
  ["size", null, 0, true],
  ["size", "5", 5, true],
  ["mode", "1", 1, true],
  ["keys", undefined, [], true],
  ["keys", ["a", "b"], ["b", "a"], false],
  ["address", "https://x/", "https://x", true],
  ["headers", { a: "1", b: "2" }, { b: "2", a: "1" }, true],
  ["headers", {}, undefined, true],
  ["headers", { a: "1" }, { a: "2" }, false],
])("%s: %j and %j are the same: %p", (name, one, other, expected) => {
  expect(same(info(name), one, other)).toBe(expected);
  expect(same(info(name), other, one)).toBe(expected);
});

test.each<[string, unknown, unknown, unknown]>([
  ["on", "true", undefined, true],
  ["on", "0", undefined, false],
  ["on", null, true, null],
  ["size", "7", undefined, 7],
  ["size", " ", undefined, " "],
  ["name", 5, undefined, "5"],
  ["headers", [{ key: "A" }, { key: "B" }], { A: "1" }, { A: "1", B: hiddenValue }],
  ["headers", [{ key: "toString" }, null, {}], {}, { toString: hiddenValue }],
])("%s: %j after %j reads %j", (name, raw, last, expected) => {
  expect(fromWire(info(name), { [info(name).wire]: raw }, last)).toEqual(expected);
});

test("what an answer does not have is undefined", () => {
  expect(fromWire(info("name"), {}, "x")).toBeUndefined();
});

test("a map goes out as pairs", () => {
  expect(toWire(info("headers"), { A: "1" })).toEqual([{ key: "A", value: "1" }]);
  expect(toWire(info("keys"), ["a"])).toEqual(["a"]);
});

test("a body has what is given, what is reset, and what is always sent", () => {
  expect(bodyOf(definition, { given: {}, reset: [], last: {} })).toEqual({ demanded: true });
  expect(bodyOf(definition, { given: {}, reset: [], last: { demanded: false } })).toEqual({ demanded: false });
  const write = { given: { name: "x", headers: { A: "1" } }, reset: ["on", "token", "keys", "name"], last: {} };
  expect(bodyOf(definition, write, ["demanded"])).toEqual({
    name: "x",
    on: true,
    keys: [],
    headers: [{ key: "A", value: "1" }],
    token: null,
  });
});

test("neither undefined nor null is handed back", () => {
  expect(defined({ a: undefined, b: null, c: false, d: "", e: 0 })).toEqual({ c: false, d: "", e: 0 });
});
