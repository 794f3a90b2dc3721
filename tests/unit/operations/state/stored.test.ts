import { topicList, trimmed, uniqueTexts, withoutEndSlashes } from "../../../../provider/core/codecs";
import type { Definition } from "../../../../provider/core/definition";
import { fieldsOf, type Codec, type FieldInfo } from "../../../../provider/core/schema";
import { definitionsByName } from "../../../../provider/resources/definitions";
import type { RemoteObject } from "../../../../provider/operations/api/remote-object";
import { outputsOf } from "../../../../provider/operations/state/outputs";
import { otherwiseMarks, stillOtherwise, takenIn } from "../../../../provider/operations/state/stored";
import { storedForm } from "../../../../provider/operations/state/stored-form";
import { markedOutputs } from "../../../../provider/operations/secret-answers";
import { fromWire, same, toWire, type Props } from "../../../../provider/operations/state/request-body";
import { changed, changes } from "../../../contract/support/answers";
import { valueFor, variants } from "../../../contract/support/legal-values";

/** What a server may make of a text, a list or anything else before it stores it. */
const servers: Readonly<Record<string, (raw: unknown, info: FieldInfo) => unknown>> = {
  "as it is": (raw) => raw,
  "without spaces": (raw) => ofTexts(raw, (text) => text.trim()),
  "in small letters": (raw) => ofTexts(raw, (text) => text.toLowerCase()),
  "cut short": (raw) => ofTexts(raw, (text) => text.slice(0, 3)),
  reversed: (raw) => (Array.isArray(raw) ? raw.toReversed() : raw),
  "as by default": (_, info) => toWire(info, info.initial),
  "as nothing": () => null,
  "not at all": () => undefined,
};

function ofTexts(raw: unknown, make: (text: string) => string): unknown {
  if (Array.isArray(raw)) return raw.map((entry) => ofTexts(entry, make));
  return typeof raw === "string" ? make(raw) : raw;
}

function answer(info: FieldInfo, raw: unknown): RemoteObject {
  const values = raw === undefined ? {} : { [info.meta.shownAs ?? info.wire]: raw };
  return { values, active: true, inherited: false };
}

/** The outputs of a refresh. */
function refreshed(definition: Definition, outputs: Props, found: RemoteObject): Props {
  const names = stillOtherwise(definition, found, outputs);
  const marks = otherwiseMarks(outputs, names);
  return { ...outputsOf(definition, outputs, found, undefined, names), ...marks };
}

/** Every readable field, those of one name and type once. */
const readable = [
  ...new Map(
    [...definitionsByName().values()].flatMap((definition) =>
      [...fieldsOf(definition.fields).values()]
        .filter(({ access, meta }) => access === "readable" && !meta.names)
        .map((info) => [`${definition.kind} ${info.name} ${info.type}`, { definition, info }] as const),
    ),
  ).values(),
];

test.each(Object.entries(servers))("a server that stores a value %s hides no change of it", (_, store) => {
  const wrong: string[] = [];
  let tried = 0;
  for (const { definition, info } of readable) {
    for (const variant of variants) {
      const value = valueFor(definition, info, variant);
      if (value === undefined || value === "") continue;
      const given = { [info.name]: value };
      const raw = store(toWire(info, value), info);
      const found = answer(info, raw);
      const taken = takenIn(definition, { remote: found, given, last: {}, before: {} });
      const outputs: Props = {
        ...outputsOf(definition, given, found, undefined, taken.names),
        ...otherwiseMarks(taken.marks, taken.names),
      };
      const about = `${definition.name}.${info.name}, ${variant}`;
      if (!same(info, outputs[info.name], value)) wrong.push(`${about}: not what the program says`);
      const again = refreshed(definition, outputs, found);
      if (JSON.stringify(again) !== JSON.stringify(outputs)) wrong.push(`${about}: drift without a change`);
      if (raw === undefined) continue;
      for (const change of changes) {
        const next = changed(info, raw, change);
        // One of two that are the same is no loss.
        if (variant === "repeated" && change === "one less") continue;
        if (next === undefined || isTopics(info, change) || (info.secret && next === null)) continue;
        tried += 1;
        const changedTo = answer(info, next);
        const now = refreshed(definition, outputs, changedTo);
        // What has become what the program says is no drift, and anything else is.
        const isWanted = same(info, fromWire(info, changedTo.values, value), value);
        if (same(info, now[info.name], value) !== isWanted || (isWanted && now.__stored !== undefined)) {
          wrong.push(`${about}: ${change}`);
        }
        if (same(info, value, fromWire(info, found.values, value)) && isWanted)
          wrong.push(`${about}: ${change} is none`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(tried > 1000 || servers["not at all"] === store).toBe(true);
});

function isTopics({ meta }: FieldInfo, change: string): boolean {
  return meta.codec === topicList && ["another case", "another order"].includes(change);
}

test("what stands for GitLab's value in state tells none, and is encrypted", () => {
  const { definition, info } = readable.find((each) => each.info.name === "description") ?? readable[0] ?? {};
  if (!definition || !info) throw new Error("no field");
  const found = answer(info, "canary text");
  const { marks } = takenIn(definition, { remote: found, given: { [info.name]: "Canary text" }, last: {}, before: {} });
  const { __stored } = markedOutputs(definition, marks);
  expect(JSON.stringify(__stored)).not.toMatch(/canary/i);
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
  expect(__stored).toEqual({ [info.name]: { ...secret, value: marks.__stored?.[info.name] } });
});

test.each<[string, Codec, unknown, unknown]>([
  ["topics", topicList, ["Zeta", "alpha", "Ops Team", "alpha", " b,C "], ["alpha", "b", "c", "ops team", "zeta"]],
  ["topics of another type", topicList, "Zeta", "Zeta"],
  ["unique texts", uniqueTexts, ["B", " A", "A ", "", "b"], ["B", "A", "b"]],
  ["a trimmed text", trimmed, " a b\n", "a b"],
  ["an address", withoutEndSlashes, "https://x//", "https://x"],
])("%s in GitLab's form", (_, codec, value, form) => {
  expect(codec.normalize?.(value)).toEqual(form);
});

function field(name: string): FieldInfo {
  const found = readable.find(({ info }) => info.name === name);
  if (!found) throw new Error(name);
  return found.info;
}

test.each<[string, unknown, unknown, string]>([
  ["buildTimeout", 700, 3600, "buildTimeout as 3600"],
  ["lfsEnabled", true, false, "lfsEnabled as false"],
  ["mergeMethod", "ff", "merge", "mergeMethod as merge"],
  ["description", " a ", "a", "description without spaces at its ends"],
  ["description", "Aa", "aa", "description in another case"],
  ["description", "a\r\nb", "a\nb", "description with other line ends"],
  ["description", "abc", "ab", "description cut short"],
  ["description", "abc", null, "description as empty"],
  ["description", "abc", "xyz", "description otherwise"],
  ["topics", ["a", "b"], ["b", "a"], "topics in another order"],
  ["topics", ["a", "a"], ["a"], "topics without repeated entries"],
  ["topics", ["a", "b"], ["a"], "topics with other entries"],
  ["appStorePrivateKey", "abc", "xyz", "appStorePrivateKey otherwise"],
])("%s, given as %j and stored as %j, is told as %j", (name, given, now, text) => {
  expect(storedForm(field(name), given, now)).toBe(text);
});
