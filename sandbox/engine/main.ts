#!/usr/bin/env node
import { Command } from "commander";

import { type Config, secret } from "./config";
import { type OperationOptions, type OperationResult, Stack } from "./stack";

interface CommandOptions {
  readonly cwd: string;
  readonly project: string;
  readonly stack: string;
  readonly state: string;
  readonly config: readonly string[];
  readonly secretConfig: readonly string[];
  readonly replace: readonly string[];
  readonly target: readonly string[];
  readonly refresh: boolean;
  readonly parallel?: string;
  readonly json: boolean;
}

const DESCRIPTION =
  "A small stand-in for the Pulumi engine, for the tests and the offline demo of pulumi-gitlab-dynamic. " +
  "It runs Node.js programs that use dynamic providers only, and is no replacement for the pulumi CLI.";

type Act = (stack: Stack, options: OperationOptions) => Promise<OperationResult>;

const COMMANDS: readonly [name: string, description: string, act: Act][] = [
  ["preview", "show what up would do", (stack, options) => stack.preview(options)],
  ["up", "make what the program wants", (stack, options) => stack.up(options)],
  ["refresh", "read everything and write down what is there", (stack, options) => stack.refresh(options)],
  ["destroy", "delete everything", (stack, options) => stack.destroy(options)],
];

const collect = (value: string, previous: readonly string[]): string[] => [...previous, value];

function configOf(options: CommandOptions): Config {
  const pair = (text: string): [string, string] => {
    const at = text.indexOf("=");
    if (at < 0) throw new Error(`configuration is given as key=value, not ${JSON.stringify(text.slice(0, 20))}`);
    return [text.slice(0, at), text.slice(at + 1)];
  };
  const plain = options.config.map(pair);
  const hidden = options.secretConfig.map(pair).map(([key, value]) => [key, secret(value)] as const);
  return Object.fromEntries<Config[string]>([...plain, ...hidden]);
}

async function act(run: Act, options: CommandOptions): Promise<void> {
  const stack = await Stack.open({
    programDirectory: options.cwd,
    project: options.project,
    stack: options.stack,
    stateFile: options.state,
    passphrase: process.env.PULUMI_CONFIG_PASSPHRASE ?? "",
    config: configOf(options),
  });
  const result = await run(stack, {
    replace: options.replace,
    target: options.target,
    refresh: options.refresh,
    ...(options.parallel !== undefined && { parallel: Number(options.parallel) }),
  });
  const { ok, steps, summary, diagnostics, output } = result;
  process.stdout.write(options.json ? `${JSON.stringify({ ok, steps, summary, diagnostics })}\n` : output);
  process.exitCode = result.exitCode;
}

const program = new Command("gitlab-sandbox-engine").description(DESCRIPTION);
for (const [name, description, run] of COMMANDS) {
  program
    .command(name)
    .description(description)
    .requiredOption("--state <file>", "the file of the state, encrypted with PULUMI_CONFIG_PASSPHRASE")
    .option("--cwd <directory>", "the program's folder", process.cwd())
    .option("--project <name>", "the project's name", "app")
    .option("--stack <name>", "the stack's name", "dev")
    .option("--config <key=value>", "a value of the stack's configuration; may be repeated", collect, [])
    .option("--secret-config <key=value>", "a secret value; may be repeated", collect, [])
    .option("--replace <urn>", "a resource to replace; may be repeated", collect, [])
    .option("--target <urn>", "a resource that the operation is limited to; may be repeated", collect, [])
    .option("--refresh", "refresh first", false)
    .option("--parallel <number>", "how many resources are worked on side by side")
    .option("--json", "print the result as one line of JSON", false)
    .action((options: CommandOptions) => act(run, options));
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
