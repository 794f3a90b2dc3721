import { execFileSync } from "node:child_process";
import { partsOf } from "../../../../../provider/cli/import/compose";
import type { Scan } from "../../../../../provider/cli/import/discover/scan";
import { modelOf, type Model } from "../../../../../provider/cli/import/model/imported";
import { secretModeOf, type Selection } from "../../../../../provider/cli/import/options";

/** What a command line might choose. */
export const selection: Selection = {
  project: [],
  group: ["acme"],
  recursive: true,
  only: ["hooks"],
  includeInherited: false,
  inactive: true,
  archived: true,
  flat: false,
  fleet: false,
};

/** The group that it names, and nothing else of note. */
export const targets = { parents: [], roots: ["acme"], skipped: [], pendingDeletion: [], archivedLeftOut: [] };

/** What an import would write of these scans, as the files that make resources, and what they are made of. */
export function written(
  scans: readonly Scan[],
  choice: Partial<Selection> = {},
): { files: ReadonlyMap<string, string>; model: Model; text: string } {
  const chosen = { ...selection, secrets: "config" as const, ...choice };
  const model = modelOf(scans, secretModeOf(chosen));
  const { files } = partsOf(model, { targets }, { selection: chosen });
  return { files, model, text: [...files.values()].join("\n") };
}

/** A program as Prettier writes it. */
export function formatted(text: string): string {
  const prettier = require.resolve("prettier/bin/prettier.cjs");
  return execFileSync(process.execPath, [prettier, "--no-config", "--stdin-filepath", "index.ts"], {
    input: text,
    encoding: "utf8",
  });
}
