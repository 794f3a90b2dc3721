import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, sep } from "node:path";

/** A Pulumi CLI that is installed on this machine. */
export interface Cli {
  /** The path of its executable. */
  readonly file: string;
  /** As it names itself: `v3.256.0`. */
  readonly version: string;
}

/** How long a CLI gets to tell its version. The npm package of that name downloads the CLI instead. */
const PATIENCE_MS = 5000;

/**
 * Finds a Pulumi CLI that works, on the given path or that of this process.
 *
 * Inside npm scripts, `node_modules/.bin/pulumi` of the npm package comes first and hides a real one: it is asked last.
 */
export async function findCli(path = process.env.PATH ?? ""): Promise<Cli | undefined> {
  const name = process.platform === "win32" ? "pulumi.exe" : "pulumi";
  const folders = [...new Set(path.split(delimiter).filter((folder) => folder !== ""))];
  const [npm, real] = [folders.filter(isOfNpm), folders.filter((folder) => !isOfNpm(folder))];
  for (const folder of [...real, ...npm]) {
    const file = join(folder, name);
    const version = (await isExecutable(file)) ? await versionOf(file) : undefined;
    if (version !== undefined) return { file, version };
  }
  return undefined;
}

function isOfNpm(folder: string): boolean {
  return folder.split(sep).includes("node_modules");
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function versionOf(file: string): Promise<string | undefined> {
  const home = mkdtempSync(join(tmpdir(), "pulumi-version-"));
  try {
    return await new Promise((resolve) => {
      const env = { ...process.env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" };
      execFile(file, ["version"], { timeout: PATIENCE_MS, killSignal: "SIGKILL", env }, (error, output) => {
        const version = output.trim();
        resolve(error === null && /^v\d+\.\d+\.\d+/.test(version) ? version : undefined);
      });
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
