import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Connection } from "../../operations/connection";
import type { Discovery } from "./discover/discover";
import { isWritten, type Model, type ParentResources } from "./model/imported";
import { UniqueNames } from "./model/names";
import { secretModeOf, type Selection } from "./options";
import { intoFleets, type ImportedFleet } from "./plan/fleets";
import { programOf, reservedWords } from "./plan/program";
import { sharedTexts } from "./plan/constants";
import { valuesOf } from "./plan/values";
import { fileText, fleetsText } from "./render/file";
import { importFile } from "./render/import-json";
import { configText, indexText } from "./render/index-file";
import { projectFiles } from "./render/project-files";
import { readmeText } from "./render/readme";
import { settingsScript } from "./render/set-config";
import { variableName } from "./render/values";
import { manifestFile, manifestText, type Manifest } from "./write/manifest";

/** Files of a program by name, and what there is to say of them. */
export interface Composed {
  readonly files: ReadonlyMap<string, string>;
  /** The files that make resources, without their endings, in the order in which the program loads them. */
  readonly parts: readonly string[];
  readonly fleets: number;
}

/** What a program is made for. */
export interface Purpose {
  readonly connection: Connection;
  readonly selection: Selection;
  readonly folder: string;
  readonly format: "program" | "pulumi";
}

/** The address of a connection as people know it. */
export function gitlabOf({ settings }: Connection): string {
  return settings.baseUrl.replace(/\/api\/v4$/, "");
}

/** The files that make resources. */
export function partsOf(
  model: Model,
  { targets }: Pick<Discovery, "targets">,
  { selection }: Pick<Purpose, "selection">,
  taken: readonly string[] = [],
): Composed {
  const env = secretModeOf(selection) === "env";
  const constants = new UniqueNames([...reservedWords, "entries"]);
  const { flat } = selection;
  const divided = selection.fleet
    ? intoFleets(model.parents, { flat, constants })
    : { parents: model.parents, fleets: [] as ImportedFleet[] };
  const program = programOf(divided.parents, { roots: targets.roots, flat, taken });
  const files = new Map(program.map((file) => [`${file.name}.ts`, fileText(file, env)]));
  const parts = program.map(({ name }) => name);
  if (divided.fleets.length > 0) {
    files.set("fleets.ts", fleetsText(divided.fleets, sharedIn(divided.fleets, constants), env));
    parts.push("fleets");
  }
  return { files, parts, fleets: divided.fleets.length };
}

function sharedIn(fleets: readonly ImportedFleet[], constants: UniqueNames) {
  const uses = fleets.flatMap(({ definition, loops, entries }) => [
    ...loops.flatMap(({ defaults, rows }) =>
      [...defaults, ...rows.flatMap(({ exceptions }) => [...exceptions])].map(([field, value]) => ({
        definition,
        field,
        value,
      })),
    ),
    ...[...entries.values()].flatMap((one) =>
      [...valuesOf(one)].map(([field, value]) => ({ definition, field, value })),
    ),
  ]);
  return sharedTexts(uses, constants);
}

/** All files of a program in a new folder. */
export function composed(model: Model, found: Discovery, purpose: Purpose): Composed {
  const { connection, selection, format, folder } = purpose;
  const gitlab = gitlabOf(connection);
  const mode = secretModeOf(selection);
  const parts = partsOf(model, found, purpose);
  const names = model.settings.map(({ name }) => (mode === "env" ? variableName(name) : name));
  const version = ownVersion();
  const files = new Map([["index.ts", indexText(parts.parts, { gitlab, version })]]);
  if (names.length > 0) files.set("config.ts", configText(names, mode === "env"));
  for (const [name, text] of parts.files) files.set(name, text);
  if (mode !== "env") {
    const baseUrl = gitlab === "https://gitlab.com" ? undefined : gitlab;
    files.set("set-config.sh", settingsScript(model.settings, { gitlab: baseUrl, token: true }));
  }
  const all = writtenIn(model.parents);
  if (format === "pulumi") files.set("import.json", importFile(all, connection));
  files.set(manifestFile, manifestText(manifestOf(model, gitlab, selection)));
  files.set("README.md", readmeText(factsOf(model, { gitlab, mode, fleets: parts.fleets > 0 })));
  for (const [name, text] of projectFiles(folder, version)) files.set(name, text);
  return { ...parts, files };
}

/** Files of a project that a folder may have of its own: they are never overwritten. */
export const projectFileNames = ["README.md", "Pulumi.yaml", "package.json", "tsconfig.json", ".gitignore"];

function factsOf(
  { parents, settings }: Model,
  about: { gitlab: string; mode: "leave" | "config" | "env"; fleets: boolean },
) {
  return {
    ...about,
    settings,
    hasOmittedSecrets: writtenIn(parents).some(({ omittedSecrets }) => omittedSecrets.length > 0),
    hasArchived: parents.some(({ parent }) => parent?.archived),
    inherited: parents.reduce((sum, { inherited }) => sum + inherited.length, 0),
  };
}

/** What becomes resources. */
export function writtenIn(parents: readonly ParentResources[]) {
  return parents.flatMap(({ imported }) => imported.filter(isWritten));
}

/** The manifest after an import. `before` is what earlier ones have noted. */
export function manifestOf(model: Model, gitlab: string, selection: Selection, before?: Manifest): Manifest {
  const objects = writtenIn(model.parents).map(
    ({ id, name, resource }) => [id, [resource.definition.name, name] as const] as const,
  );
  const known = new Map((before?.settings ?? []).map((setting) => [setting.name, setting]));
  for (const setting of model.settings) {
    const uses = [...(known.get(setting.name)?.uses ?? []), ...setting.uses];
    known.set(setting.name, { ...setting, uses });
  }
  return {
    version: 1,
    gitlab,
    selection,
    objects: { ...before?.objects, ...Object.fromEntries(objects) },
    settings: [...known.values()],
  };
}

/** This package's version. */
export function ownVersion(): string {
  const file = path.join(__dirname, "../../../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** The lines of the program's files. */
export function linesIn(files: ReadonlyMap<string, string>): number {
  const texts = [...files].filter(([name]) => name.endsWith(".ts")).map(([, text]) => text);
  return texts.reduce((sum, text) => sum + text.split("\n").length - 1, 0);
}
