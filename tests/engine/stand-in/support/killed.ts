import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { DeploymentJson } from "gitlab-sandbox/engine";

import { PASSPHRASE, type Replay, type ReplayedStep } from "./replay";

const COMMAND = join(dirname(require.resolve("gitlab-sandbox/engine")), "main.js");
const PATIENCE_SECONDS = 60;

/** Runs `up` in a process of its own and kills it, with all that it started, as soon as something is under way. */
export async function killDuringUp(replay: Replay, step: ReplayedStep, config: readonly string[]): Promise<void> {
  const child = spawn(
    process.execPath,
    [COMMAND, "up", "--cwd", replay.directory, "--state", replay.stateFile, ...config],
    {
      env: { ...process.env, ...replay.env(step), PULUMI_CONFIG_PASSPHRASE: PASSPHRASE },
      stdio: "ignore",
      // A group of its own, so that the program and the provider go with it.
      detached: true,
    },
  );
  const ended = once(child, "exit");
  const { pid } = child;
  if (pid === undefined) throw new Error("the stand-in did not start");
  try {
    await waitForPendingOperation(replay.stateFile);
  } finally {
    process.kill(-pid, "SIGKILL");
    await ended;
  }
}

async function waitForPendingOperation(stateFile: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  while (Date.now() < deadline) {
    await sleep(50);
    if (!existsSync(stateFile)) continue;
    const { deployment } = JSON.parse(readFileSync(stateFile, "utf8")) as DeploymentJson;
    if ((deployment.pending_operations ?? []).length > 0) return;
  }
  throw new Error(`nothing was under way after ${PATIENCE_SECONDS} seconds`);
}
