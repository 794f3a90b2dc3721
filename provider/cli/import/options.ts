import type { Kind } from "../../core/definition";
import type { ConnectionOptions } from "../settings";

/** The kinds of objects that an import can look for, each with the kind of its definitions. */
export const kindOfFamily = {
  hooks: "hook",
  integrations: "integration",
  "push-rules": "pushRule",
  notifications: "notification",
  projects: "project",
  shares: "share",
  "fork-relations": "forkRelation",
  "pull-mirrors": "pullMirror",
} as const satisfies Readonly<Record<string, Kind>>;

/** One kind of objects to look for. */
export type Family = keyof typeof kindOfFamily;

/** All kinds, in the order in which they are counted. */
export const families = Object.keys(kindOfFamily) as readonly Family[];

/**
 * What an import looks for unless it is told. Notification settings are those of the token's owner alone, which rarely
 * belong into a team's program; projects and what they are to others are often somebody else's.
 */
export const usualFamilies: readonly Family[] = ["hooks", "integrations", "push-rules"];

/** The family of a definition's kind. */
export function familyOf(kind: Kind): Family {
  const found = families.find((family) => kindOfFamily[family] === kind);
  if (!found) throw new Error(`no family of objects has the kind ${kind}`);
  return found;
}

/**
 * Where the program has its secrets from.
 *
 * - `leave`: optional ones stay as they are on GitLab and out of the program; the others come from the configuration.
 * - `config`: all that are known to be there come from the stack's configuration.
 * - `env`: the same, from environment variables.
 */
export const secretModes = ["leave", "config", "env"] as const;

/** One way to have secrets. */
export type SecretMode = (typeof secretModes)[number];

/** What to look for, and where. A later run into the same folder repeats it. */
export interface Selection {
  /** Projects by number or full path. */
  readonly project: readonly string[];
  /** Groups by number or full path. */
  readonly group: readonly string[];
  /** Whether subgroups and their projects are included. */
  readonly recursive: boolean;
  readonly only: readonly Family[];
  readonly includeInherited: boolean;
  /** Whether to look for integrations that are switched off, one request for each that is possible. */
  readonly inactive: boolean;
  /** Whether archived projects are included. */
  readonly archived: boolean;
  /** Undefined for `leave`, or for `config` with fleets: those take over only what equals their entries. */
  readonly secrets?: SecretMode | undefined;
  /** Whether each object is a block of its own, without tables and loops. */
  readonly flat: boolean;
  /** Whether objects of one kind become one fleet. */
  readonly fleet: boolean;
}

/** What the command line asks of an import. */
export interface ImportOptions extends ConnectionOptions, Omit<Selection, "only"> {
  /** {@link usualFamilies} where it is not given. */
  readonly only?: readonly Family[] | undefined;
  /** The folder to write to; `gitlab-import` where it is not given, and the current one for a check. */
  readonly out?: string | undefined;
  readonly format: "program" | "pulumi";
  /** A file (JSON or dotenv) with the secrets, for the configuration of the stack. */
  readonly secretsFile?: string | undefined;
  /** Reports what no stack manages, and writes nothing. */
  readonly check: boolean;
  /** Files that `pulumi stack export` wrote, in place of the stack of the folder. */
  readonly state: readonly string[];
  /** The stack of the folder, where it is not the selected one. */
  readonly stack?: string | undefined;
  readonly json: boolean;
  /** Overwrites files of an earlier import. */
  readonly force: boolean;
}

/** Where the secrets of a program come from. */
export function secretModeOf({ secrets, fleet }: Pick<Selection, "secrets" | "fleet">): SecretMode {
  return secrets ?? (fleet ? "config" : "leave");
}
