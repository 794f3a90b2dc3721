/** How serious a diagnostic is. `info#err` is what a process wrote to its standard error. */
export type Severity = "debug" | "info" | "info#err" | "warning" | "error";

/** Something said to the user while an operation ran. */
export interface Diagnostic {
  readonly severity: Severity;
  /** The resource it is about; the stack when it is about none in particular. */
  readonly urn: string;
  readonly message: string;
  /** A status line that the next one of its resource replaces; not among the diagnostics at the end. */
  readonly ephemeral: boolean;
}

/** Collects what is said, in order. */
export class Diagnostics {
  readonly all: Diagnostic[] = [];
  /** Called for each diagnostic as it comes. */
  onDiagnostic: ((diagnostic: Diagnostic) => void) | undefined;

  /** The URN of the stack: what is about no resource in particular is shown under it. */
  constructor(private readonly stackUrn: string) {}

  /** Adds one. An empty URN means the stack's. */
  report(severity: Severity, message: string, urn = "", ephemeral = false): void {
    const diagnostic: Diagnostic = { severity, message, ephemeral, urn: urn || this.stackUrn };
    this.all.push(diagnostic);
    this.onDiagnostic?.(diagnostic);
  }
}

/** A call between the engine and a program or a provider, in the form of the recordings. */
export interface RecordedCall {
  /** For example `ResourceProvider/Check`. */
  readonly method: string;
  readonly request: Record<string, unknown>;
  /** Null when the call failed. */
  readonly response: Record<string, unknown> | null;
  readonly errors?: string[];
}
