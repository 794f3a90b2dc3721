import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import * as automation from "@pulumi/pulumi/automation/server";
import { RunRequest } from "@pulumi/pulumi/proto/language_pb";

import { type Config, configText, secretKeys } from "./config";
import type { Diagnostics } from "./diagnostics";
import { type ProcessSettings, sdkDirectory } from "./provider-process";

/** What a program needs to know to run. */
export interface ProgramSettings extends ProcessSettings {
  readonly project: string;
  readonly stack: string;
  readonly config: Config;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly monitorAddress: string;
  readonly diagnostics: Diagnostics;
}

/** A program that is running. */
export interface RunningProgram {
  /** Resolves when it has ended: without a text when all went well, else with what to report, which may be nothing. */
  readonly ended: Promise<{ readonly problem?: string }>;
  /** Ends it early. An inline program cannot be ended: its registrations fail instead. */
  stop: () => Promise<void>;
}

interface InlineServer {
  run: (call: { request: RunRequest }, callback: (error: Error | null | undefined) => void) => void;
}

// What the Automation API runs inline programs with; the SDK keeps its type to itself.
const { LanguageServer } = automation as unknown as {
  LanguageServer: new (program: () => Promise<unknown>) => InlineServer;
};

const ORGANIZATION = "organization";
/** The exit status of a program that has reported its own failure. */
const FAILURE_REPORTED = 32;
/** How long an inline program gets to notice that its registrations fail. */
const INLINE_STOP_MS = 2000;

/** Runs the program in the folder, with the SDK's own launcher. */
export function runProcess(settings: ProgramSettings): RunningProgram {
  const { directory, diagnostics, env } = settings;
  const script = join(sdkDirectory(directory), "cmd", "run");
  const child = spawn(process.execPath, [script, ...programArguments(settings)], {
    cwd: directory,
    env: { ...process.env, ...configEnvironment(settings), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    diagnostics.report("info", line);
  });
  createInterface({ input: child.stderr }).on("line", (line) => {
    diagnostics.report("info#err", line);
  });
  const ended = once(child, "close").then(([code]) => exitProblem(code as number | null));
  return {
    ended,
    stop: async () => {
      endProcess(child);
      await ended;
    },
  };
}

/** Runs a program that is a function of this process. */
export function runInline(program: () => Promise<unknown>, settings: ProgramSettings): RunningProgram {
  const request = new RunRequest()
    .setProject(settings.project)
    .setStack(settings.stack)
    .setOrganization(ORGANIZATION)
    .setPwd(settings.directory)
    .setProgram(".")
    .setArgsList([settings.engineAddress])
    .setMonitorAddress(settings.monitorAddress)
    .setDryrun(settings.dryRun)
    .setParallel(settings.parallel)
    .setConfigsecretkeysList(secretKeys(settings.config));
  for (const [key, value] of Object.entries(settings.config)) request.getConfigMap().set(key, configText(value));
  const server = new LanguageServer(program);
  const ended = new Promise<{ problem?: string }>((resolve) => {
    const done = (error: Error | null | undefined): void => {
      resolve(error ? { problem: error.message } : {});
    };
    server.run({ request }, done);
  });
  return {
    ended,
    stop: async () => {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise((resolve) => {
        timer = setTimeout(resolve, INLINE_STOP_MS);
      });
      await Promise.race([ended, patience]);
      clearTimeout(timer);
    },
  };
}

function programArguments(settings: ProgramSettings): string[] {
  const { directory, project, stack, dryRun, parallel, monitorAddress, engineAddress } = settings;
  return [
    ...["--monitor", monitorAddress, "--engine", engineAddress, "--organization", ORGANIZATION],
    ...["--project", project, "--root-directory", directory, "--stack", stack, "--pwd", directory],
    ...(dryRun ? ["--dry-run"] : []),
    ...["--parallel", String(parallel), "."],
  ];
}

function configEnvironment({ config, directory }: ProgramSettings): Record<string, string> {
  const internal = (key: string): string => key.replace(":", ":config:");
  const values = Object.entries(config).map(([key, value]) => [internal(key), configText(value)]);
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(values)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys(config).map(internal)),
    // The real host always loads its TypeScript; that costs a JavaScript program seconds for nothing.
    PULUMI_NODEJS_TYPESCRIPT: String(["tsconfig.json", "index.ts"].some((file) => existsSync(join(directory, file)))),
  };
}

function exitProblem(code: number | null): { problem?: string } {
  if (code === 0) return {};
  if (code === FAILURE_REPORTED) return { problem: "" };
  return { problem: code === null ? "the program was killed" : `Program exited with non-zero exit code: ${code}` };
}

function endProcess(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
}
