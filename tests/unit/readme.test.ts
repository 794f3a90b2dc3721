import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import catalog from "../catalog.json";
import { printedSchema } from "../support/schema";
import { formatId } from "../../provider/core/id";
import * as provider from "../../provider";
import { readConfiguration, settingNames } from "../../provider/config/settings";
import { typeToken } from "../../provider/core/definition";
import { fieldsOf } from "../../provider/core/schema";
import { definitionsByName } from "../../provider/resources/definitions";

const repository = path.resolve(__dirname, "../..");
const textOf = (document: string): string => readFileSync(path.join(repository, document), "utf8");
const definitions = [...definitionsByName().values()];

/** The rows of a document's table below a heading row that begins with `first`, cells without markup. */
function tableOf(document: string, first: string): string[][] {
  const lines = textOf(document).split("\n").map(cellsOf);
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

describe("the README and the documents", () => {
  it("can be read to the end: the README has 180 lines at most", () => {
    expect(textOf("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(180);
  });

  it("list every integration, where it can live and what it requires", () => {
    const integrations = definitions
      .filter(({ kind }) => kind === "integration")
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    const { resources } = printedSchema();
    const marks = new Map(
      resources.map(({ class: name, deprecation, undocumented }) => [
        name,
        (deprecation === undefined ? "" : ", deprecated") + (undocumented === undefined ? "" : ", undocumented"),
      ]),
    );
    const rows = integrations.map(({ name, path: place, scopes, fields }) => {
      const required = [...fieldsOf(fields).values()].filter((info) => info.required).map((info) => info.name);
      return [
        name.replace("integrations.", "") + (marks.get(name) ?? ""),
        place.replace("integrations/", ""),
        scopes.join(", "),
        required.join(", ") || "–",
      ];
    });
    const table = textOf("docs/resources.md").split("## Integrations")[1] ?? "";
    const written = table
      .split("\n")
      .map(cellsOf)
      .filter((cells) => cells.length === 4)
      .slice(2, 2 + rows.length);
    expect(written).toEqual(rows);
  });

  it("count the integrations right, of those of the documentation where that is what is counted", () => {
    const integrations = definitions.filter(({ kind }) => kind === "integration");
    const inProjects = integrations.filter(({ scopes, undocumented }) => scopes.includes("project") && !undocumented);
    const inGroups = integrations.filter(({ scopes }) => scopes.includes("group"));
    const documented = catalog.integrations.length;
    const rows = new Map(tableOf("README.md", "Question").map(([name, , ours]) => [name, ours]));
    expect(rows.get(`integrations of projects, of ${documented} documented`)).toBe(String(inProjects.length));
    expect(rows.get("integrations of groups")).toBe(String(inGroups.length));
    expect(textOf("README.md")).toContain(`**All ${documented} integrations** of GitLab's documentation`);
  });

  it("say of every resource option of the SDK what it does here", () => {
    const file = require.resolve("@pulumi/pulumi/resource.d.ts");
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
    const interfaces = source.statements.filter((statement) => ts.isInterfaceDeclaration(statement));
    const own = interfaces.filter(({ name }) => /^(Custom)?ResourceOptions$/.test(name.text));
    const options = own.flatMap(({ members }) => members.map(({ name }) => name?.getText(source) ?? ""));
    const told = tableOf("docs/options.md", "Option").flatMap(([names = ""]) => names.split(", "));
    expect(told.filter((name) => name !== "hooks.onError").sort()).toEqual(options.sort());
  });

  it("list every other resource with its ID", () => {
    const others = definitions.filter(({ kind }) => kind !== "integration");
    const listed = new Map(tableOf("docs/resources.md", "Class").map(([name = "", , id = ""]) => [name, id]));
    for (const definition of others) {
      const id = listed.get(definition.name) ?? "";
      const [, parent, key] = /^(?:projects|groups)\/(\d+)(?:\/\D+(\d+)?)?$/.exec(id) ?? [];
      const scope = definition.parentKind ?? definition.scopes[0];
      const at = scope && parent !== undefined ? { scope, parent, key: Number(key) } : {};
      expect([definition.name, id]).toEqual([definition.name, formatId(definition, at)]);
    }
  });

  it("name every function", () => {
    const names = Object.keys(provider).filter((name) => /^[a-z]/.test(name) && !name.endsWith("Output"));
    const functions = names.filter((name) => name !== "integrations");
    const text = textOf("docs/functions.md") + textOf("docs/resources.md");
    const written = new Set([...text.matchAll(/`(?:gitlab\.)?(\w+)`/g)].map(([, name]) => name));
    expect(functions.length).toBeGreaterThan(40);
    expect(functions.filter((name) => !written.has(name) && !text.includes(`gitlab.${name}(`))).toEqual([]);
  });

  it("list every setting with its default", () => {
    const { settings } = readConfiguration((key) => (key === "token" ? "t" : undefined), {});
    const defaults = { ...settings, token: undefined, baseUrl: "https://gitlab.com" } as Record<string, unknown>;
    const rows = new Map(
      tableOf("docs/installation-configuration.md", "Name").map(([name = "", , byDefault]) => [name, byDefault]),
    );
    expect([...rows.keys()].sort()).toEqual(settingNames.map((name) => `gitlab:${name}`).sort());
    for (const name of settingNames) {
      const value = defaults[name];
      const written = ["string", "number", "boolean"].includes(typeof value) ? JSON.stringify(value) : "–";
      expect([name, rows.get(`gitlab:${name}`)]).toEqual([name, written.replaceAll('"', "")]);
    }
  });

  it("tell the same steps to the first hook", () => {
    const [, section = ""] = textOf("README.md").split("## Five minutes to the first hook");
    const blocks = [...(section.split("\n## ")[0] ?? "").matchAll(/^```[^]*?^```/gm)].map(([block]) => block);
    const guide = textOf("docs/first-hook.md");
    expect(blocks).toHaveLength(6);
    expect(blocks.filter((block) => !guide.includes(block))).toEqual([]);
  });

  it("show what the first program makes", () => {
    const [, section = ""] = textOf("README.md").split("## Five minutes to the first hook");
    const [, project = ""] = /^name: (.*)$/m.exec(section) ?? [];
    const [, made = "", name = ""] = /new gitlab\.(\w+)\("(\w+)"/.exec(section) ?? [];
    const [, output = ""] = /^export const (\w+)/m.exec(section) ?? [];
    const [, shown = ""] = /```\nUpdating \(dev\):\n([^]*?)```/.exec(section) ?? [];
    expect(shown).toMatch(new RegExp(`pulumi:pulumi:Stack +${project}-dev +created`));
    expect(shown).toMatch(new RegExp(`${typeToken({ name: made })} +${name} +created`));
    expect(shown).toMatch(new RegExp(`^Outputs:\n    ${output}: \\d+$`, "m"));
    expect(shown).toContain("+ 2 created");
  });

  it("name commands that exist", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const documents = readdirSync(path.join(repository, "docs")).filter((file) => file.endsWith(".md"));
    for (const document of ["README.md", "CONTRIBUTING.md", ...documents.map((file) => `docs/${file}`)]) {
      const commands = [...textOf(document).matchAll(/npm run ([a-z:]+)/g)].map(([, name = ""]) => name);
      expect([document, commands.filter((name) => scripts[name] === undefined)]).toEqual([document, []]);
    }
  });
});
