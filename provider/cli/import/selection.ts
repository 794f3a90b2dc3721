import type { ImportOptions, Selection } from "./options";
import { selectionOf, type Manifest } from "./write/manifest";

/** Whether the command line names something to look into. */
export function namesSomething({ project, group, only }: Selection): boolean {
  return project.length > 0 || group.length > 0 || only.includes("notifications");
}

/**
 * Refuses options that make no sense together.
 *
 * @throws Error in one sentence
 */
export function requireOptions(options: ImportOptions, manifest: Manifest | undefined): void {
  const { group, recursive, format, fleet, check, stack, state } = options;
  if (!namesSomething(options) && !manifest) {
    throw new Error("name what to import: --project acme/shop, --group acme, or both, several times if need be.");
  }
  if (recursive && group.length === 0) throw new Error("--recursive needs --group.");
  if (fleet && format === "pulumi") {
    throw new Error(
      "--fleet and --format pulumi exclude each other: import.json can hold no fleet. Leave --format out: a fleet takes " +
        "over what is there at the first `pulumi up`.",
    );
  }
  if (fleet && options.secrets === "leave") {
    throw new Error(
      "--fleet needs the secrets: it takes over only what equals its entries. Use --secrets config or env.",
    );
  }
  if (options.secretsFile !== undefined && options.secrets === "env") {
    throw new Error("--secrets-file fills the stack's configuration, which --secrets env does not use: leave one out.");
  }
  if (check && options.secretsFile !== undefined) throw new Error("--check writes nothing: leave --secrets-file out.");
  if (stack !== undefined && state.length > 0) throw new Error("--stack and --state exclude each other.");
}

/** What a run looks into: what the command line names, together with what earlier runs looked into. */
export function selected(options: ImportOptions, manifest: Manifest | undefined): Selection {
  if (!manifest) return looked(options, selectionOf(options));
  const { selection } = manifest;
  if (!namesSomething(options)) return looked(options, selection);
  return looked(options, {
    ...selectionOf(options),
    project: [...new Set([...selection.project, ...options.project])],
    group: [...new Set([...selection.group, ...options.group])],
    recursive: options.recursive || selection.recursive,
    only: [...new Set([...selection.only, ...options.only])],
  });
}

/** Integrations that are switched off concern no check, and each costs a request. */
function looked({ check }: ImportOptions, selection: Selection): Selection {
  return check ? { ...selection, inactive: false } : selection;
}
