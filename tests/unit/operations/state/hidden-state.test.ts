import { readConfiguration } from "../../../../provider/config/settings";
import { Connection } from "../../../../provider/operations/connection";
import { toHiddenState, namesIn, requireSameGitLab, textIn } from "../../../../provider/operations/state/hidden-state";

function connection(formerBaseUrls: readonly string[] = []): Connection {
  const given: Readonly<Record<string, unknown>> = { baseUrl: "https://new.example.com", token: "t", formerBaseUrls };
  const { settings } = readConfiguration((key) => given[key], {});
  if (!settings) throw new Error("no settings");
  return new Connection(settings);
}

const id = "projects/42/hooks/7";

test.each([
  ["https://new.example.com/api/v4", [], true],
  ["https://old.example.com/api/v4", [], false],
  ["https://old.example.com/api/v4", ["https://old.example.com/"], true],
  ["https://old.example.com/api/v4", ["https://older.example.com"], false],
  [undefined, [], true],
])("what lives on %s, with %j as former: %p", (home, former, expected) => {
  const act = () => {
    requireSameGitLab(connection(former), id, { __gitlab: home });
  };
  if (expected) expect(act).not.toThrow();
  else expect(act).toThrow(`${id} lives on ${String(home)}, but gitlab:baseUrl is https://new.example.com/api/v4`);
});

test("marks go into the outputs without empty ones", () => {
  const marks = { __managed: ["url"], __gitlab: "g", __claim: undefined, __inherited: undefined, __untaken: [] };
  expect(toHiddenState(marks)).toEqual({ __managed: ["url"], __gitlab: "g" });
  expect(toHiddenState({ ...marks, __untaken: ["x"] })).toHaveProperty("__untaken", ["x"]);
});

test("marks of another form are none", () => {
  expect(namesIn({ __managed: "url" }, "__managed")).toEqual([]);
  expect(namesIn({ __managed: ["a", 1, null] }, "__managed")).toEqual(["a"]);
  expect(textIn({ __claim: "" }, "__claim")).toBeUndefined();
  expect(textIn({ __claim: 5 }, "__claim")).toBeUndefined();
});
