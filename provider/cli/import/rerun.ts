import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { Connection } from "../../operations/connection";
import { gitlabOf, manifestOf, partsOf, type Composed } from "./compose";
import type { Discovery } from "./discover/discover";
import { modelOf, type Model } from "./model/imported";
import { typedName } from "./model/names";
import { secretModeOf, type Selection } from "./options";
import type { Rerun } from "./report/summary";
import { configMark, configText, importLine, indexMark } from "./render/index-file";
import { settingsScript } from "./render/set-config";
import { variableName } from "./render/values";
import { quoted } from "./render/literals";
import { compare, idOf } from "./stack/compare";
import type { ManagedObject } from "./stack/state";
import { manifestFile, manifestText, type Manifest } from "./write/manifest";
import { addedAbove } from "./write/marks";

/** What a later import into a folder adds. */
export interface Addition extends Composed {
  readonly model: Model;
  readonly rerun: Rerun;
  /** The texts of files that get lines: all else in them is as it was. */
  readonly extended: ReadonlyMap<string, string>;
  readonly toAdd: Readonly<Record<string, readonly string[]>>;
}

/** What a later import goes by. */
export interface PreviousRun {
  readonly connection: Connection;
  readonly folder: string;
  readonly selection: Selection;
  readonly manifest: Manifest;
  /** What the stack manages; undefined where nothing tells. */
  readonly objects: readonly ManagedObject[] | undefined;
  /** Why nothing tells. */
  readonly withoutState?: string;
}

/** Works out what is new, and the files for it: nothing that is in the folder changes but for lines at marked places. */
export function addition(found: Discovery, before: PreviousRun): Addition {
  const { manifest, folder, connection } = before;
  // New objects are no entries of a fleet that is there already: that one is a person's.
  const selection = { ...before.selection, fleet: false, secrets: secretModeOf(before.selection) };
  const known = knownObjects(before);
  const { managed, unmanaged, missing } = compare(searchOf(found, before), known);
  const fresh = new Set(unmanaged);
  const scans = found.scans.map((scan) => ({
    ...scan,
    resources: scan.resources.filter((one) => fresh.has(one)),
    ...{ inherited: [], inactive: [], unsupported: [] },
  }));
  const model = modelOf(scans, selection.secrets, { resources: namesIn(known), settings: manifest.settings });
  const parts = partsOf(model, found, { selection }, programFiles(folder));
  const inStack = new Set(before.objects?.map(({ id }) => id));
  const rerun: Rerun = {
    managed: managed.filter((one) => inStack.has(idOf(one))).length,
    notInStack: managed.map(idOf).filter((id) => before.objects !== undefined && !inStack.has(id)),
    missing: missing.map(({ id }) => id),
    ...(before.withoutState === undefined ? {} : { withoutState: before.withoutState }),
  };
  const nothing = { ...parts, model, rerun, extended: new Map<string, string>(), toAdd: {} };
  if (parts.files.size === 0) return { ...nothing, files: new Map() };
  const noted = manifestOf(model, gitlabOf(connection), before.selection, manifest);
  const tied = linesFor(model, parts, before);
  return { ...nothing, ...tied, files: new Map([...parts.files, ...tied.files, [manifestFile, manifestText(noted)]]) };
}

function searchOf(found: Discovery, { selection, connection }: PreviousRun) {
  const { baseUrl, formerBaseUrls } = connection.settings;
  return { ...found, selection, gitlabs: [baseUrl, ...formerBaseUrls] };
}

/** What is in the stack, and what earlier imports have written. */
function knownObjects({ manifest, objects = [] }: PreviousRun): ManagedObject[] {
  const ids = new Set(objects.map(({ id }) => id));
  const written = Object.entries(manifest.objects).filter(([id]) => !ids.has(id));
  const noted = written.map(([id, [type, name]]) => ({
    id,
    type,
    name,
    isEntry: false,
    gitlab: undefined,
    path: undefined,
  }));
  return [...objects, ...noted];
}

function namesIn(objects: readonly ManagedObject[]): string[] {
  return objects.filter(({ isEntry }) => !isEntry).map(({ type, name }) => typedName({ name: type }, name));
}

function programFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.slice(0, -".ts".length));
}

/** The lines that bring new files and secrets into the program. */
function linesFor(model: Model, { parts }: Composed, { folder, manifest, selection }: PreviousRun) {
  const isEnv = secretModeOf(selection) === "env";
  const files = new Map<string, string>();
  const extended = new Map<string, string>();
  const toAdd: Record<string, readonly string[]> = {};
  const add = (file: string, mark: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    const there = path.join(folder, file);
    const text = existsSync(there) ? addedAbove(readFileSync(there, "utf8"), mark, lines) : undefined;
    if (text === undefined) toAdd[file] = lines;
    else extended.set(file, text);
  };
  add("index.ts", indexMark, parts.map(importLine));
  const formerly = new Set(manifest.settings.map(({ name }) => name));
  const settings = model.settings.filter(({ name }) => !formerly.has(name));
  const names = settings.map(({ name }) => (isEnv ? variableName(name) : name));
  if (names.length > 0 && manifest.settings.length === 0 && !existsSync(path.join(folder, "config.ts"))) {
    files.set("config.ts", configText(names, isEnv));
  } else {
    add(
      "config.ts",
      configMark,
      names.map((name) => `${quoted(name)},`),
    );
  }
  if (settings.length > 0 && !isEnv) files.set(scriptName(folder), settingsScript(settings, { token: false }));
  return { files, extended, toAdd };
}

function scriptName(folder: string): string {
  let name = "set-config.sh";
  for (let number = 2; existsSync(path.join(folder, name)); number++) name = `set-config-${number}.sh`;
  return name;
}
