import { usualFamilies, type ImportOptions, type Selection } from "./options";
import type { Manifest } from "./write/manifest";

/** Whether the command line names something to look into. */
export function namesSomething({ project, group, only }: ImportOptions): boolean {
  return project.length > 0 || group.length > 0 || only?.includes("notifications") === true;
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
  const own = ownSelection(options);
  if (!manifest) return own;
  const { selection } = manifest;
  if (options.check && namesSomething(options)) return own;
  const asked = namesSomething(options) ? own.only : (options.only ?? []);
  return {
    project: union(selection.project, options.project),
    group: union(selection.group, options.group),
    recursive: options.recursive || selection.recursive,
    only: options.check && options.only ? options.only : union(selection.only, asked),
    includeInherited: options.includeInherited || selection.includeInherited,
    inactive: own.inactive && selection.inactive,
    archived: options.archived && selection.archived,
    secrets: options.secrets ?? selection.secrets,
    flat: options.flat || selection.flat,
    fleet: options.fleet || selection.fleet,
  };
}

function union<T>(one: readonly T[], other: readonly T[]): T[] {
  return [...new Set([...one, ...other])];
}

function ownSelection(options: ImportOptions): Selection {
  const { project, group, recursive, only, includeInherited, archived, secrets, flat, fleet, check } = options;
  // Integrations that are switched off concern no check, and each costs a request.
  const inactive = options.inactive && !check;
  const looked = { project, group, recursive, only: only ?? usualFamilies, includeInherited, inactive, archived };
  return { ...looked, secrets, flat, fleet };
}
