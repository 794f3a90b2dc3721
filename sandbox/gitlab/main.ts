import { Command, InvalidArgumentError } from "commander";
import { startSandbox, type SandboxOptions } from "./sandbox";
import type { RateLimit } from "./http/throttle";

interface Flags {
  readonly port: number;
  readonly root?: string;
  readonly token?: string;
  readonly state?: string;
  readonly rateLimit?: RateLimit;
  readonly latency?: number;
  readonly gitlabVersion?: string;
}

function integer(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

function rateLimit(text: string): RateLimit {
  const match = /^(\d+)(?:\/(\d+))?$/.exec(text);
  if (match === null) throw new InvalidArgumentError("It must look like 600 or 600/60.");
  return { requests: Number(match[1]), seconds: Number(match[2] ?? 60) };
}

async function main(): Promise<void> {
  const program = new Command("gitlab-sandbox")
    .description("Runs a GitLab API emulator on this machine until it is stopped.")
    .option("--port <number>", "port on 127.0.0.1, 0 for a free one", integer, 0)
    .option("--root <path>", "path below which everything is, such as /gitlab")
    .option("--token <text>", "access token of the administrator (default: a random one)")
    .option("--state <file>", "file that keeps the state between runs")
    .option(
      "--rate-limit <requests[/seconds]>",
      "requests allowed per token, per minute unless said otherwise",
      rateLimit,
    )
    .option("--latency <milliseconds>", "time added to every API request", integer)
    .option("--gitlab-version <version>", "version to answer as, such as 18.5.0-ee")
    .parse();
  const flags = program.opts<Flags>();
  const options: SandboxOptions = {
    port: flags.port,
    ...(flags.root === undefined ? {} : { root: flags.root }),
    ...(flags.token === undefined ? {} : { token: flags.token }),
    ...(flags.state === undefined ? {} : { stateFile: flags.state }),
    ...(flags.rateLimit === undefined ? {} : { rateLimit: flags.rateLimit }),
    ...(flags.latency === undefined ? {} : { latency: flags.latency }),
    ...(flags.gitlabVersion === undefined ? {} : { version: flags.gitlabVersion }),
  };
  const sandbox = await startSandbox(options);
  process.stdout.write(`${JSON.stringify({ url: sandbox.url, token: sandbox.token })}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void sandbox.stop().then(() => process.exit(0));
    });
  }
}

main().catch((problem: unknown) => {
  process.stderr.write(`gitlab-sandbox: ${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode = 1;
});
