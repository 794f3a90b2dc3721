import type { Scope } from "./schema";

/** A project or group that the program names in a resource which waits for no other. */
export interface Ahead {
  readonly scope: Scope;
  readonly text: string;
  /** The resource as messages name it. */
  readonly owner: string;
  /** The kind of the resource's definition. */
  readonly kind: string;
}

/** What the program tells of itself with a resource in a preview, and in no other operation. */
export interface PreviewHint {
  /** Whether the resource waits for another one, which may make the project or group that it names. */
  readonly depends: boolean;
  /** Projects and groups of further resources of the same provider, in the order of the program. */
  readonly ahead: readonly Ahead[];
  /** Names of further projects, by the kind of the resource and the path of their group: `hook acme`. */
  readonly further?: Readonly<Record<string, readonly string[]>>;
  /** The projects that the program manages, each as {@link bare} writes the end of its path, or `*` for one of which it is not known. */
  readonly made: readonly string[];
}

/** The property in which the hint travels to the check, which takes it out again: no state holds it. */
export const hintName = "__preview";

/** The letters and digits of the last part of a path or of a name, by which GitLab makes a path of a name. */
export function bare(text: string): string {
  const last = text.slice(text.lastIndexOf("/") + 1);
  return last.toLowerCase().replace(/[^a-z0-9]/g, "");
}
