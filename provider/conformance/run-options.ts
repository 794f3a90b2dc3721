import type { ServerFacts } from "./gitlab";
import type { RunGroup } from "./group";
import type { ClassResult } from "./results";

/** What a run is told to do. */
export interface RunOptions {
  /** An empty group to work in, by number or full path; undefined to make one at the top. */
  readonly group?: string | undefined;
  /** Requests a minute at most; 0 for any number. */
  readonly requestsPerMinute: number;
  /** The host of the addresses that GitLab is given, which it may have to resolve. */
  readonly sampleHost: string;
  /** Whether programs are run with the Pulumi CLI as well. */
  readonly engine?: boolean;
  /** Names of classes to try; undefined for all. */
  readonly only?: readonly string[] | undefined;
  /** Ends the run early; its group is removed all the same. */
  readonly signal?: AbortSignal;
  readonly listener?: RunListener;
}

/** Is told how far a run is. */
export interface RunListener {
  /** Which GitLab it is, and where the run works. */
  readonly started: (facts: ServerFacts, group: RunGroup, cases: number) => void;
  readonly finished: (result: ClassResult) => void;
  /** Takes what the run does besides trying classes. */
  readonly remark: (text: string) => void;
}
