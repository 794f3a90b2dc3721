import type { Config } from "./config";

/** Where a stack is and what it is made of. */
export interface StackSettings {
  /** The program's folder. Its `@pulumi/pulumi` runs the program, and its dynamic providers start here. */
  readonly programDirectory: string;
  readonly project: string;
  readonly stack: string;
  /** The file of the state; made by the first operation that changes something. */
  readonly stateFile: string;
  /** Encrypts the secrets in the state. */
  readonly passphrase: string;
  /** By full key, for example `gitlab:baseUrl`. */
  readonly config?: Config;
  /** Added to the environment of the program and of its providers. */
  readonly env?: Readonly<Record<string, string>>;
  /** A function of this process, run in place of the program in the folder. */
  readonly program?: () => Promise<unknown>;
}
