import type { Definition } from "../../../../../provider/core/definition";
import { definitionsByName } from "../../../../../provider/resources/definitions";
import type { Scan, RemoteResource } from "../../../../../provider/cli/import/discover/scan";

const parents = {
  project: { scope: "project", id: 42, path: "acme/shop", archived: false },
  group: { scope: "group", id: 9, path: "acme", archived: false },
} as const;

/** The definition of that name. */
export function definition(name: string): Definition {
  const found = definitionsByName().get(name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

/** An object as GitLab might show it, in `acme/shop` (42) or `acme` (9). */
export function remoteResource(
  name: string,
  values: Readonly<Record<string, unknown>>,
  { scope = "project", inherited = false }: { scope?: "project" | "group"; inherited?: boolean } = {},
): RemoteResource {
  const parent = parents[scope];
  const key = typeof values.id === "number" ? { key: values.id } : {};
  return {
    definition: definition(name),
    at: { scope, parent: String(parent.id), ...key },
    parent,
    remote: { values: { ...values, use_inherited_settings: inherited }, active: true, inherited, ...key },
  };
}

/** A scan of `acme/shop` with these objects. */
export function scanOf(resources: readonly RemoteResource[], more: Partial<Scan> = {}): Scan {
  return { parent: parents.project, resources, inherited: [], inactive: [], unsupported: [], skipped: [], ...more };
}

/** A scan of another project, in which these objects are. */
export function scanIn(id: number, path: string, ...resources: readonly RemoteResource[]): Scan {
  const parent = { scope: "project", id, path, archived: false } as const;
  const moved = resources.map((one) => ({ ...one, parent, at: { ...one.at, parent: String(id) } }));
  return scanOf(moved, { parent });
}
