import { join } from "node:path";

/** Node's arguments for a process that loads Pulumi's SDK and serialises no functions: it starts in half the time. */
export const lazySdk: readonly string[] = ["--require", join(__dirname, "lazy-sdk-hook.js")];

/** The same as variables, which the process hands on to those that it starts. */
export const lazySdkEnv = { NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, "lazy-sdk-hook.js"))}` };
