import fc, { type Arbitrary } from "fast-check";
import type { Reply } from "./between";

/** A way in which a server's answer goes wrong. */
export interface Mutation {
  readonly name: string;
  apply(reply: Reply): Reply;
}

const infinite = "@infinite@";
const nested = "@nested@";
const proto = "@proto@";

/** JSON as no library writes it: a number beyond all bounds, a hundred thousand levels, a key that is a trap. */
function written(value: unknown): string {
  return ((JSON.stringify(value) as string | undefined) ?? "")
    .replaceAll(`"${infinite}"`, "1e999")
    .replaceAll(`"${nested}"`, `${"[".repeat(100_000)}${"]".repeat(100_000)}`)
    .replaceAll(`"${proto}"`, '"__proto__"');
}

function json(name: string, change: (body: unknown) => unknown): Mutation {
  return {
    name,
    apply: (reply) => {
      if (reply.status >= 300 || reply.text === "") return reply;
      return { ...reply, type: "application/json", text: written(change(JSON.parse(reply.text))) };
    },
  };
}

/** Values of every type, and some of which only a broken server thinks. */
const values: readonly unknown[] = [
  null,
  {},
  [],
  [null],
  { key: null },
  { deep: { deeper: [{}] } },
  "",
  "no such choice",
  "NaN",
  "\u0000",
  "lone \ud800 surrogate",
  "x".repeat(100_000),
  0,
  -1,
  7.5,
  infinite,
  true,
  false,
  nested,
];

const extra = {
  [proto]: { active: false, id: 1 },
  constructor: 5,
  toString: null,
  hasOwnProperty: "x",
  "": 1,
  "a.b": [],
};

type Row = Record<string, unknown>;

/** The objects inside an answer whose keys can be changed: the answer itself, its items, and what lies right below. */
function rows(body: unknown): Row[] {
  const items = (Array.isArray(body) ? body : [body]).filter(isRow);
  return items.flatMap((item) => [item, ...Object.values(item).filter(isRow)]);
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Changes one key, chosen by two numbers. */
function atKey(body: unknown, row: number, key: number, change: (row: Row, key: string) => void): unknown {
  const copy = structuredClone(body);
  const all = rows(copy);
  const chosen = all[row % Math.max(1, all.length)];
  const keys = Object.keys(chosen ?? {});
  const name = keys[key % Math.max(1, keys.length)];
  if (chosen && name !== undefined) change(chosen, name);
  return copy;
}

/** The change after which an answer shows what nobody asked for. */
export const anotherObject = "of another object";

/** Answers that are something else as a whole. */
export const wholes: readonly Mutation[] = [
  ...values.map((value) => json(`the whole is ${written(value).slice(0, 30)}`, () => value)),
  json("in a list", (body) => [body]),
  json("items are null", (body) => (Array.isArray(body) ? body.map(() => null) : { ...(body as Row), id: null })),
  json("a message instead", () => ({ message: "200 OK" })),
  json(anotherObject, (body) => (isRow(body) ? { ...body, id: 999_999 } : body)),
  json("extra fields", (body) => (isRow(body) ? { ...body, ...extra } : body)),
  {
    name: "a web page",
    apply: (reply) => ({ ...reply, status: 200, type: "text/html", text: "<html><body>Sign in</body></html>" }),
  },
  { name: "nothing", apply: (reply) => ({ ...reply, status: 200, type: "", text: "" }) },
  { name: "half of it", apply: (reply) => ({ ...reply, text: reply.text.slice(0, reply.text.length / 2) }) },
];

/** Answers that miss a field, have one of a wrong type or an unknown choice, or are something else altogether. */
export const mutations: Arbitrary<Mutation> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...wholes) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(), fc.nat())
      .map(([row, key]) =>
        json(`without key ${key} of object ${row}`, (body) =>
          atKey(body, row, key, (chosen, name) => Reflect.deleteProperty(chosen, name)),
        ),
      ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.nat(), fc.nat(), fc.constantFrom(...values))
      .map(([row, key, value]) =>
        json(`key ${key} of object ${row} is ${written(value).slice(0, 30)}`, (body) =>
          atKey(body, row, key, (chosen, name) => (chosen[name] = value)),
        ),
      ),
  },
);
