import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isLoopback } from "../../config/base-url";
import {
  differenceLine,
  differences,
  findLeft,
  Interrupted,
  recordingFrom,
  recordingOf,
  recordingText,
  removeLeft,
  runConformance,
  type Run,
  type RunReport,
} from "../../conformance";
import { allCases } from "../../conformance/cases";
import type { Settings } from "../../config/settings";
import { settingsFrom } from "../settings";
import { asks } from "./ask";
import { deepProgress } from "./deep-progress";
import { withAdvice } from "./finding";
import { reportText } from "./deep-print";
import type { DoctorOptions, Reference } from "./doctor-options";

/** Of a GitLab that is down, a run is not to wait for ever. */
const limits = { retries: 3, timeout: 60 };

/** Tries every class on GitLab. @returns the exit status */
export async function runDeep(options: DoctorOptions, reference?: Reference): Promise<number> {
  requireKnown(options);
  const compared = comparedWith(options, reference);
  const settings = settingsFrom({ ...limits, ...options });
  requirePace(settings, options);
  requireWritable(options);
  const { signal, release, exitStatus } = onSignals();
  const progress = deepProgress(process.stderr);
  try {
    await offerToClean(settings, options, signal, progress.remark);
    const { group, requestsPerMinute, sampleHost, only } = options;
    const engine = options.engine === true;
    const run = await runConformance(settings, {
      group,
      requestsPerMinute,
      sampleHost,
      only,
      engine,
      signal,
      listener: progress,
    });
    progress.stop();
    if (options.json !== true) process.stdout.write(reportText(run.report));
    await write(run, options, compared);
    return exitStatus() ?? (isWell(run.report) ? 0 : 1);
  } catch (error) {
    // Stopped before there was a group to remove, or at the question whether to remove one.
    const status = exitStatus() ?? (error instanceof Interrupted ? 130 : undefined);
    if (status === undefined) throw withAdvice(error);
    return status;
  } finally {
    progress.stop();
    release();
  }
}

function isWell({ classes, engine, group, interrupted }: RunReport): boolean {
  const failed = classes.some(({ result }) => result === "failed");
  return !failed && engine?.isWell !== false && group !== "left" && interrupted !== true;
}

function requireKnown({ only = [], project }: DoctorOptions): void {
  if (project !== undefined) throw new Error("--project cannot be used with --deep, which works in a temporary group.");
  const names = new Set(allCases().map(({ definition }) => definition.name));
  const unknown = only.filter((name) => !names.has(name));
  if (unknown.length > 0) throw new Error(`--only: unknown class ${unknown.join(", ")}.`);
}

function comparedWith({ compare }: DoctorOptions, reference: Reference | undefined): Reference | undefined {
  if (compare === undefined) return undefined;
  if (compare === true) {
    if (reference) return reference;
    throw new Error(
      "--compare needs a file that --record wrote. The emulator is not part of the npm package: to compare with it, run " +
        "`npm run test:live` in a clone of the repository.",
    );
  }
  const recording = recordingFrom(readFileSync(compare, "utf8"));
  return { name: "the recording", record: () => Promise.resolve(recording) };
}

function requirePace({ baseUrl }: Settings, { requestsPerMinute }: DoctorOptions): void {
  if (requestsPerMinute > 0 || isLoopback(new URL(baseUrl).hostname)) return;
  throw new Error("--requests-per-minute 0 is allowed only for a GitLab on this machine.");
}

/** Whoever finds out after the run has lost what it found. */
function requireWritable({ json, record }: DoctorOptions): void {
  for (const [option, file] of Object.entries({ json, record })) {
    if (typeof file !== "string") continue;
    try {
      accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
    } catch {
      throw new Error(`--${option}: ${file} cannot be written.`);
    }
    if (existsSync(file) && statSync(file).isDirectory()) throw new Error(`--${option}: ${file} is a folder.`);
  }
}

/** The first signal ends the run and has its group removed; the same one again ends the program. */
function onSignals(): { signal: AbortSignal; release: () => void; exitStatus: () => number | undefined } {
  const controller = new AbortController();
  let status: number | undefined;
  const stop = (name: NodeJS.Signals) => {
    const own = name === "SIGINT" ? 130 : name === "SIGTERM" ? 143 : 129;
    if (status === own) process.exit(own);
    // Runners of pipelines send another one a few seconds after the first.
    if (status !== undefined) return;
    status = own;
    process.stderr.write("\nStopping. The group of the run is deleted first. Interrupt again to leave it.\n");
    controller.abort();
  };
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.on(name, stop);
  const release = () => {
    for (const name of names) process.off(name, stop);
  };
  return { signal: controller.signal, release, exitStatus: () => status };
}

/** A run that was cut off has left its group. */
async function offerToClean(
  settings: Settings,
  { group, clean }: DoctorOptions,
  signal: AbortSignal,
  writeLine: (text: string) => void,
): Promise<void> {
  for (const left of await findLeft(settings, group)) {
    const what = `${left.path}, created by a run at ${left.createdAt}`;
    if (left.mayBeInUse) writeLine(`${what}, may still be in use and is kept.`);
    else if (clean === true || (await asks(`An earlier run left ${what}. Delete it?`, signal))) {
      writeLine(`${left.path}: ${await removeLeft(settings, left)}.`);
    } else writeLine(`An earlier run left ${what}. Use --clean to delete it.`);
  }
}

async function write(run: Run, { json, record }: DoctorOptions, compared: Reference | undefined): Promise<void> {
  const recording = record === undefined && !compared ? undefined : recordingOf(run);
  const keep = (lines: readonly string[] = []) => {
    if (recording && record !== undefined) writeFileSync(record, recordingText(recording, lines));
  };
  keep();
  const isWhole = compared && recording && run.report.interrupted !== true;
  const found = isWhole ? differences(recording, await compared.record(run)) : undefined;
  if (compared && found) {
    const lines = found.map((difference) => differenceLine(difference, compared.name));
    keep(lines);
    if (json !== true) process.stdout.write(`\n${[sumOf(lines, compared), ...lines].join("\n")}\n`);
  }
  if (json === undefined) return;
  const text = `${JSON.stringify({ ...run.report, ...(found ? { differences: found } : {}) }, null, 2)}\n`;
  if (json === true) process.stdout.write(text);
  else writeFileSync(json, text);
}

function sumOf({ length }: readonly string[], { name }: Reference): string {
  if (length === 0) return `No difference from ${name}.`;
  return `${length} ${length === 1 ? "difference" : "differences"} from ${name}.`;
}
