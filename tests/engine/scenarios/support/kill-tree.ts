import { execFileSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 90_000;

/** Waits until `when` says so. Rejects when the run ends before. */
export async function cutPoint(when: () => boolean, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!when()) {
    if (hasEnded()) throw new Error("the run ended before it could be cut short");
    if (Date.now() > deadline) throw new Error("the run did not come to where it was to be cut short");
    await sleep(20);
  }
}

/** Kills a process and everything that it started. */
export async function killTree(child: ChildProcess): Promise<void> {
  const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : Promise.resolve();
  // Found first: once their parent is gone, its children are nobody's.
  for (const pid of [child.pid ?? 0, ...descendants(child.pid ?? 0)]) kill(pid);
  await ended;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function descendants(root: number): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid, ...below(pid)] : []));
  return below(root);
}
