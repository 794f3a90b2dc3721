import type { Operation, RequestOutcome, SentRequest } from "../core/operation";
import type { RequestSpacing } from "./request-spacing";
import type { AllowedWrites } from "./allowed-writes";

/** One try of a request, and what became of it. */
export interface Call {
  /** What it was for: a case's title, or a stage of the run. */
  readonly subject: string;
  readonly step: string;
  readonly method: string;
  /** Path below `/api/v4`, encoded, without its query. */
  readonly path: string;
  /** JSON text; undefined where there is none. */
  readonly sent: string | undefined;
  readonly outcome: RequestOutcome;
}

/** The subject of what is not about a single class. */
export const runSubject = "the run";
/** The subject of what programs of the Pulumi CLI send. */
export const engineSubject = "the engine";

/** Milliseconds without any answer after which a run ends. */
const longestSilence = 120_000;

/** What ends a run before its time. */
export class Interrupted extends Error {
  constructor() {
    super("interrupted");
  }
}

/** Sees every request of a run: holds it back until its turn, keeps it within bounds, and notes what became of it. */
export class Observer {
  readonly calls: Call[] = [];
  /** When the first and the last request were sent, in milliseconds of the process. */
  readonly sentAt: number[] = [];
  /** When the first of the latest requests without an answer was noted. */
  #silentSince: number | undefined;

  constructor(
    private readonly spacing: RequestSpacing,
    private readonly allowedWrites: AllowedWrites,
    private readonly signal: AbortSignal,
    /** Milliseconds of a clock that only goes forward. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * An operation of the engine.
   *
   * @param subject what it is for
   * @param step called for the name of the step that is under way
   * @param mode `cleaning` goes on after an interruption
   */
  operation(subject: string, step: () => string, mode: "working" | "cleaning" = "working"): ObservedOperation {
    return new ObservedOperation(this, subject, step, mode);
  }

  /** Whether the run is to end: then whatever failed did so because of that. */
  get isStopped(): boolean {
    return this.signal.aborted || this.isSilent;
  }

  /** Whether GitLab has stopped answering, or only a gateway before it answers. */
  get isSilent(): boolean {
    return this.#silentSince !== undefined && this.now() - this.#silentSince > longestSilence;
  }

  /** Lets a request pass in its turn. */
  async admit(request: SentRequest, mode: "working" | "cleaning"): Promise<void> {
    this.allowedWrites.demand(request);
    await this.spacing.turn();
    if (mode === "working" && this.isStopped) throw new Interrupted();
    this.sentAt.push(this.now());
  }

  /** Takes note of a call; a project that it made belongs to the run. */
  note(call: Call): void {
    this.calls.push(call);
    const { status = 0, text } = call.outcome;
    if (status === 0 || (status >= 502 && status <= 504)) this.#silentSince ??= this.now();
    else this.#silentSince = undefined;
    if (call.method !== "POST" || call.path !== "/projects" || status >= 300 || status === 0) return;
    const id = idIn(text);
    if (typeof id === "number") this.allowedWrites.projects.add(id);
  }

  /** The most requests that were sent within any 60 seconds. */
  mostInAMinute(): number {
    const times = this.sentAt;
    let first = 0;
    let most = 0;
    times.forEach((time, index) => {
      while (time - (times[first] ?? time) > 60_000) first += 1;
      most = Math.max(most, index - first + 1);
    });
    return most;
  }
}

function idIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { readonly id?: unknown }).id;
  } catch {
    return undefined;
  }
}

/** One operation with the calls that it has made. */
export class ObservedOperation implements Operation {
  readonly memory = new Map<string, object>();
  readonly calls: Call[] = [];
  readonly warnings: string[] = [];

  constructor(
    private readonly observer: Observer,
    private readonly subject: string,
    private readonly step: () => string,
    private readonly mode: "working" | "cleaning",
  ) {}

  readonly beforeRequest = (request: SentRequest): Promise<void> => this.observer.admit(request, this.mode);

  readonly afterRequest = ({ method, path, body }: SentRequest, outcome: RequestOutcome): void => {
    const sent = typeof body === "string" ? body : undefined;
    const call: Call = { subject: this.subject, step: this.step(), method, path, sent, outcome };
    this.calls.push(call);
    this.observer.note(call);
  };

  readonly report = (severity: "info" | "warning", text: string): void => {
    if (severity === "warning") this.warnings.push(text);
  };
}
