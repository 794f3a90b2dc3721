import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { isObject } from "../../../core/json";
import type { SecretSetting } from "../model/secret-settings";
import { families, type Selection } from "../options";

/** The name of the file in which an import notes what it wrote. It holds no secrets. */
export const manifestFile = "gitlab-import.json";

/** What a folder's imports have written so far. */
export interface Manifest {
  /** The form of the file. */
  readonly version: 1;
  /** GitLab's address, without `/api/v4`. */
  readonly gitlab: string;
  readonly selection: Selection;
  /** The objects in the program by ID: their classes and names. */
  readonly objects: Readonly<Record<string, readonly [type: string, name: string]>>;
  readonly settings: readonly SecretSetting[];
}

/**
 * The manifest of a folder, undefined where there is none.
 *
 * @throws Error when it is damaged, or of a newer version
 */
export function readManifest(folder: string): Manifest | undefined {
  const file = path.join(folder, manifestFile);
  if (!existsSync(file)) return undefined;
  const manifest = parsed(readFileSync(file, "utf8"));
  if (!isManifest(manifest)) {
    throw new Error(`${file} cannot be read: restore it from version control, or start over in another folder.`);
  }
  return manifest;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (!isObject(value) || value.version !== 1) return false;
  const { selection, objects, settings, gitlab } = value;
  if (!isObject(selection) || !isObject(objects) || !Array.isArray(settings) || typeof gitlab !== "string")
    return false;
  const only = selection.only;
  const isKnown = Array.isArray(only) && only.every((one) => (families as readonly unknown[]).includes(one));
  return isKnown && Array.isArray(selection.project) && Array.isArray(selection.group);
}

/** The text of a manifest, in an order that does not depend on when objects were found. */
export function manifestText(manifest: Manifest): string {
  const objects = Object.entries(manifest.objects).sort(([one], [other]) => (one < other ? -1 : 1));
  const lines = objects.map(([id, value]) => `    ${JSON.stringify(id)}: ${JSON.stringify(value)}`);
  const { selection, settings, version, gitlab } = manifest;
  const rest = JSON.stringify({ version, gitlab, selection, settings }, undefined, 2).replace(/\n}$/, "");
  const list = lines.length > 0 ? `{\n${lines.join(",\n")}\n  }` : "{}";
  return `${rest},\n  "objects": ${list}\n}\n`;
}
