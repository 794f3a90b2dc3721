import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** What a process is for, as far as they are told apart. */
export type Role = "cli" | "program" | "provider";

/** What processes took. */
export interface Usage {
  /** The most memory that a process of each role had, in bytes; a role without a process has none. */
  readonly memory: Readonly<Partial<Record<Role, number>>>;
  /** Processor time of all of them together, in seconds: unlike the wall's it hardly depends on what else is running. */
  readonly cpu: number;
  /** That of the processes of each role. */
  readonly cpuOf: Readonly<Partial<Record<Role, number>>>;
}

const intervalMs = 100;
/** The unit of `/proc/PID/stat`, the same on all common systems. */
const ticksPerSecond = 100;

/** Watches the processes below this one. Sees nothing where there is no `/proc`. */
export class ProcessWatch {
  readonly #memory: Partial<Record<Role, number>> = {};
  readonly #ticks = new Map<number, { readonly role: Role | undefined; readonly ticks: number }>();
  readonly #timer = setInterval(() => {
    this.#look(process.pid);
  }, intervalMs);

  /** Ends the watch. */
  stop(): Usage {
    clearInterval(this.#timer);
    const cpuOf: Partial<Record<Role, number>> = {};
    let all = 0;
    for (const { role, ticks } of this.#ticks.values()) {
      all += ticks;
      if (role) cpuOf[role] = (cpuOf[role] ?? 0) + ticks / ticksPerSecond;
    }
    return { memory: this.#memory, cpu: all / ticksPerSecond, cpuOf };
  }

  #look(parent: number): void {
    for (const pid of childrenOf(parent)) {
      const role = roleOf(text(`/proc/${pid}/cmdline`).split("\0"));
      const peak = /^VmHWM:\s+(\d+) kB$/m.exec(text(`/proc/${pid}/status`))?.[1];
      if (role && peak !== undefined) this.#memory[role] = Math.max(this.#memory[role] ?? 0, Number(peak) * 1024);
      const ticks = ticksOf(text(`/proc/${pid}/stat`));
      // A process that is about to end has no command line any more.
      if (ticks !== undefined) this.#ticks.set(pid, { role: role ?? this.#ticks.get(pid)?.role, ticks });
      this.#look(pid);
    }
  }
}

/** User and system time of a process; its name, in brackets before them, may hold anything. */
function ticksOf(stat: string): number | undefined {
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return user === undefined || system === undefined ? undefined : user + system;
}

function roleOf([file = "", ...args]: readonly string[]): Role | undefined {
  if (basename(file) === "pulumi") return "cli";
  if (basename(file) !== "node") return undefined;
  if (args.some((arg) => arg.includes("/cmd/dynamic-provider"))) return "provider";
  return args.some((arg) => arg.includes("/cmd/run")) ? "program" : undefined;
}

function childrenOf(pid: number): number[] {
  const threads = `/proc/${pid}/task`;
  return entries(threads).flatMap((thread) =>
    text(`${threads}/${thread}/children`).split(" ").filter(Boolean).map(Number),
  );
}

/** A process may end while it is looked at. */
function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
