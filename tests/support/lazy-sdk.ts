import { join } from "node:path";

/** `npm run test:long` takes the SDK as it is. */
const hooks = process.env.LONG_TESTS === "1" ? [] : [join(__dirname, "lazy-sdk-hook.js")];

/** Node's arguments for a process that loads Pulumi's SDK and serialises no functions: it starts in half the time. */
export const lazySdk: readonly string[] = hooks.flatMap((hook) => ["--require", hook]);

/** The same as variables, which the process hands on to those that it starts. */
export const lazySdkEnv: Readonly<Record<string, string>> = Object.fromEntries(
  hooks.map((hook) => ["NODE_OPTIONS", `--require ${JSON.stringify(hook)}`]),
);
