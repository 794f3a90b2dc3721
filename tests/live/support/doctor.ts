import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { RunReport } from "../../../provider/conformance";
import type { Difference } from "../../../provider/conformance";

const bin = resolve(__dirname, "../../../bin/pulumi-gitlab.js");

/** A doctor that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A doctor in a process of its own, which knows a GitLab by its address and a token alone. */
export class Doctor {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;

  constructor(
    readonly gitlab: { readonly url: string; readonly token: string },
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ) {
    this.process = spawn(process.execPath, [bin, "doctor", ...args], {
      env: { PATH: process.env.PATH, GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    this.process.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    this.process.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    this.ended = once(this.process, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  }
}

/** A deep run that has ended, with what it wrote. */
export interface DeepRun extends Ended {
  readonly report: RunReport & { readonly differences?: readonly Difference[] };
  readonly recording: string;
}

/** Runs `doctor --deep` to its end, as fast as it goes. */
export async function deepRun(
  gitlab: { readonly url: string; readonly token: string },
  args: readonly string[] = [],
): Promise<DeepRun> {
  const folder = mkdtempSync(join(tmpdir(), "deep-run-"));
  const [json, record] = [join(folder, "report.json"), join(folder, "recording.json")];
  const quick = args.includes("--requests-per-minute") ? [] : ["--requests-per-minute", "0"];
  try {
    const doctor = new Doctor(gitlab, ["--deep", ...quick, "--json", json, "--record", record, ...args]);
    const ended = await doctor.ended;
    const report = JSON.parse(readIfThere(json) || "{}") as DeepRun["report"];
    return { ...ended, report, recording: readIfThere(record) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
