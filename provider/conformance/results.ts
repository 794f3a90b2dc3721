import type { Scope } from "../core/schema";
import type { ServerFacts } from "./gitlab";

/** A run that cannot start, or must not: the message says why, and what to do. */
export class RunRefused extends Error {}

/** One thing that is not as it should be. */
export interface Failure {
  readonly step: string;
  /** The argument that it is about, where it is about one. */
  readonly field?: string;
  readonly message: string;
  /** The request that GitLab refused; else the last one before the failure showed. */
  readonly method?: string;
  /** Path below `/api/v4`. */
  readonly path?: string;
  readonly status?: number;
}

/** What a run found out about one class at one place. */
export interface ClassResult {
  /** The class as programs name it: `integrations.Slack`. */
  readonly class: string;
  /** Where its object was: in a project or in a group. */
  readonly scope: Scope;
  readonly result: "passed" | "failed" | "not available" | "not tried";
  /** Why it is not available or was not tried. */
  readonly reason?: string;
  readonly failures: readonly Failure[];
  /** Arguments that this GitLab takes and does not keep: of a newer version or another licence. */
  readonly notTaken: readonly string[];
  /** Arguments that the run leaves alone, with the reason. */
  readonly notTried: Readonly<Record<string, string>>;
  readonly requests: number;
}

/** What programs did that the Pulumi CLI ran. */
export interface EngineReport {
  /** `pulumi v3.260.0`. */
  readonly cli: string;
  readonly isWell: boolean;
  readonly steps: readonly { readonly step: string; readonly isWell: boolean; readonly text: string }[];
}

/** What a run found out. */
export interface RunReport {
  readonly gitlab: Pick<ServerFacts, "instance">["instance"];
  /** The versions of this package and of Node.js. */
  readonly package: string;
  readonly node: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly requests: number;
  /** The most requests in any 60 seconds. */
  readonly mostInAMinute: number;
  readonly classes: readonly ClassResult[];
  /** What the Pulumi CLI made of it, where that was asked for. */
  readonly engine?: EngineReport;
  /** What became of the group of the run. */
  readonly group: "removed" | "marked for deletion" | "left";
  /** Set when the run was stopped before its end. */
  readonly interrupted?: true;
}

/** What a run found out about the classes, and how it ended. */
export type Results = Pick<RunReport, "classes" | "engine" | "group" | "interrupted">;
