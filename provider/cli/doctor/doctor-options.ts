import type { Recording, Run } from "../../conformance";
import type { ConnectionOptions } from "../settings";

/** What the command line asks of the doctor. */
export interface DoctorOptions extends ConnectionOptions {
  readonly project?: string;
  readonly group?: string;
  readonly deep?: true;
  /** `--json` alone prints; with a file, the report of `--deep` goes there. */
  readonly json?: true | string;
  readonly compare?: true | string;
  readonly record?: string;
  readonly only?: readonly string[];
  readonly clean?: true;
  readonly engine?: true;
  readonly requestsPerMinute: number;
  readonly sampleHost: string;
}

/** What a run is compared with. */
export interface Reference {
  /** `the emulator`. */
  readonly name: string;
  /** Makes the same requests there. */
  readonly record: (run: Run) => Promise<Recording>;
}
