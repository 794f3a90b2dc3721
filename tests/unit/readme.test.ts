import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { formatId } from "../../provider/address";
import * as provider from "../../provider";
import { readConfiguration, settingNames } from "../../provider/config";
import { fieldsOf } from "../../provider/fields";
import { definitionsByName } from "../../provider/handlers";

const repository = path.resolve(__dirname, "../..");
const readme = readFileSync(path.join(repository, "README.md"), "utf8");
const definitions = [...definitionsByName().values()];

/** The rows of the table below a heading row that begins with `first`, cells without markup. */
function tableOf(first: string): string[][] {
  const lines = readme.split("\n").map((line) => cellsOf(line));
  const start = lines.findIndex((cells) => cells[0] === first);
  expect(start).toBeGreaterThan(0);
  const end = lines.findIndex((cells, index) => index > start && cells.length === 0);
  return lines.slice(start + 2, end);
}

function cellsOf(line: string): string[] {
  if (!line.startsWith("|")) return [];
  return line
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim().replaceAll("`", ""));
}

describe("the README", () => {
  it("lists every integration, where it can live and what it requires", () => {
    const integrations = definitions.filter(({ kind }) => kind === "integration");
    const rows = integrations.map(({ name, path: place, scopes, fields }) => {
      const required = [...fieldsOf(fields).values()].filter((info) => info.required).map((info) => info.name);
      return [
        name.replace("integrations.", ""),
        place.replace("integrations/", ""),
        scopes.join(", "),
        required.join(", ") || "–",
      ];
    });
    const table = readme.split("### Integrations")[1] ?? "";
    const written = table
      .split("\n")
      .map(cellsOf)
      .filter((cells) => cells.length === 4)
      .slice(2, 2 + rows.length);
    expect(written).toEqual(rows);
  });

  it("counts the integrations right in the comparison", () => {
    const count = (scope: "project" | "group"): string =>
      String(definitions.filter(({ kind, scopes }) => kind === "integration" && scopes.includes(scope)).length);
    const rows = new Map(tableOf("Question").map(([name, , ours]) => [name, ours]));
    expect(rows.get("integrations of projects, of 50 documented")).toBe(count("project"));
    expect(rows.get("integrations of groups")).toBe(count("group"));
  });

  it("lists every other resource with its ID", () => {
    const others = definitions.filter(({ kind }) => kind !== "integration");
    const listed = new Map(tableOf("Class").map(([name = "", , id = ""]) => [name, id]));
    for (const definition of others) {
      const id = listed.get(definition.name) ?? "";
      const [, parent, key] = /^(?:projects|groups)\/(\d+)(?:\/\D+(\d+)?)?$/.exec(id) ?? [];
      const scope = definition.itself ?? definition.scopes[0];
      const at = scope && parent !== undefined ? { scope, parent, key: Number(key) } : {};
      expect([definition.name, id]).toEqual([definition.name, formatId(definition, at)]);
    }
  });

  it("names every function", () => {
    const names = Object.keys(provider).filter((name) => /^[a-z]/.test(name) && !name.endsWith("Output"));
    const functions = names.filter((name) => name !== "integrations");
    const written = new Set([...readme.matchAll(/`(?:gitlab\.)?(\w+)`/g)].map(([, name]) => name));
    expect(functions.length).toBeGreaterThan(40);
    expect(functions.filter((name) => !written.has(name) && !readme.includes(`gitlab.${name}(`))).toEqual([]);
  });

  it("lists every setting with its default", () => {
    const { settings } = readConfiguration((key) => (key === "token" ? "t" : undefined), {});
    const defaults = { ...settings, token: undefined, baseUrl: "https://gitlab.com" } as Record<string, unknown>;
    const rows = new Map(tableOf("Name").map(([name = "", , byDefault]) => [name, byDefault]));
    expect([...rows.keys()].sort()).toEqual(settingNames.map((name) => `gitlab:${name}`).sort());
    for (const name of settingNames) {
      const value = defaults[name];
      const written = ["string", "number", "boolean"].includes(typeof value) ? JSON.stringify(value) : "–";
      expect([name, rows.get(`gitlab:${name}`)]).toEqual([name, written.replaceAll('"', "")]);
    }
  });

  it("names commands and files that exist", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    for (const document of ["README.md", "CONTRIBUTING.md"]) {
      const text = readFileSync(path.join(repository, document), "utf8");
      const commands = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, name = ""]) => name);
      expect(commands.filter((name) => scripts[name] === undefined)).toEqual([]);
      const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, file = ""]) => file);
      expect(links.filter((file) => !existsSync(path.join(repository, file)))).toEqual([]);
    }
  });
});
