import type { ConnectionOptions } from "../settings";

/** The kinds of objects that an import can look for. */
export const families = ["hooks", "integrations", "push-rules", "notifications"] as const;

/** One kind of objects to look for. */
export type Family = (typeof families)[number];

/** What the command line asks of an import. */
export interface ImportOptions extends ConnectionOptions {
  /** Projects by number or full path. */
  readonly project: readonly string[];
  /** Groups by number or full path. */
  readonly group: readonly string[];
  /** Whether subgroups and their projects are included. */
  readonly recursive: boolean;
  readonly only: readonly Family[];
  /** The folder to write to. */
  readonly out: string;
  readonly includeInherited: boolean;
  /** Whether to look for integrations that are switched off, one request for each that is possible. */
  readonly inactive: boolean;
  readonly format: "program" | "pulumi";
  /** Whether objects of one kind become one fleet. */
  readonly fleet: boolean;
  readonly json: boolean;
  /** Overwrites files of an earlier import. */
  readonly force: boolean;
}
