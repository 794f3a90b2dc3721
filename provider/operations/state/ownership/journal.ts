import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  rmSync,
  writeSync,
} from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** Refuses a link in place of a file. Windows has no such flag. */
export const noFollow = (constants as { readonly O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0;

/** Journals that nothing was appended to for so many milliseconds belong to runs that ended. */
const oldest = 7 * 24 * 3_600_000;

/** The text that the provider processes of one run append to and read, a JSON value a line. */
export interface Journal {
  append(line: object): void;
  /** The lines that came since the last call, of this process and of others, in one order for all of them. */
  news(): readonly unknown[];
}

/** A journal for a process that shares none. */
export class MemoryJournal implements Journal {
  #lines: unknown[] = [];

  append(line: object): void {
    this.#lines.push(line);
  }

  news(): readonly unknown[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}

/** A process of a run, as the journal's lines name it. */
export interface ProcessName {
  readonly pid: number;
  readonly host: string;
}

/** This process. */
export const self: ProcessName = { pid: process.pid, host: hostname() };

/** Whether a process can still be at work. Of one on another host, that is not known here, and it counts as ended. */
export function isAlive({ pid, host }: ProcessName): boolean {
  if (host !== self.host) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The name of the file that the processes of one run share. */
export function journalName(address: string): string {
  return `${createHash("sha256").update(address).digest("hex").slice(0, 16)}.jsonl`;
}

/**
 * A file of the user's alone in the temporary folder, named by the address of the engine whose provider processes share
 * it. It is only ever appended to, so that its order is the same for all of them.
 *
 * Engines reuse addresses, and a killed process leaves its file behind. So each process names itself when it opens the
 * file, and where none that did so lives any more, what stands in the file so far belongs to an earlier run.
 */
export class FileJournal implements Journal {
  readonly #file: number;
  // Every question to the record reads, mostly nothing: a buffer for each would cost more than the reading.
  readonly #buffer = Buffer.allocUnsafe(64 * 1024);
  #offset = 0;
  #rest = "";

  /** @throws Error where the file cannot be opened, or could be somebody else's */
  constructor(address: string, folder = userFolder()) {
    removeOld(folder);
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | noFollow;
    this.#file = openSync(join(folder, journalName(address)), flags, 0o600);
    requireOwn(fstatSync(this.#file));
    const start = this.#start();
    this.#offset = start;
    this.#rest = "";
    this.append({ opened: self, from: start });
  }

  append(line: object): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  news(): readonly unknown[] {
    const text = this.#rest + this.#read();
    const lines = text.split("\n");
    this.#rest = lines.pop() ?? "";
    return lines.filter((line) => line !== "").map(parsed);
  }

  /** Where the lines of this run begin. */
  #start(): number {
    const size = fstatSync(this.#file).size;
    const openings = this.news().flatMap((line) => {
      const { opened, from } = (line ?? {}) as { opened?: ProcessName; from?: number };
      return opened === undefined ? [] : [{ opened, from: from ?? 0 }];
    });
    const alive = openings.filter(({ opened }) => isAlive(opened));
    return alive.length === 0 ? size : Math.max(...alive.map(({ from }) => from));
  }

  #read(): string {
    const parts: Buffer[] = [];
    for (;;) {
      const length = readSync(this.#file, this.#buffer, 0, this.#buffer.length, this.#offset);
      if (length === 0) return Buffer.concat(parts).toString("utf8");
      this.#offset += length;
      parts.push(Buffer.from(this.#buffer.subarray(0, length)));
    }
  }

  /** Gives the file back. For tests; a provider process ends with its run. */
  close(): void {
    closeSync(this.#file);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * A folder of the user's alone in the temporary folder.
 *
 * @throws Error where it could be somebody else's
 */
export function userFolder(): string {
  const { uid, username } = userInfo();
  const folder = join(tmpdir(), `pulumi-gitlab-dynamic-${uid >= 0 ? uid : username}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  requireOwn(lstatSync(folder));
  return folder;
}

/**
 * Refuses a file or folder that could be somebody else's.
 *
 * @throws Error for what another user owns or can write to. Windows has neither, and its temporary folder is the user's.
 */
export function requireOwn({ uid, mode }: { uid: number; mode: number }): void {
  const own = process.getuid?.();
  if (own === undefined) return;
  if (uid !== own || (mode & 0o022) !== 0)
    throw new Error("a file of pulumi-gitlab-dynamic in the temporary folder belongs to somebody else");
}

function removeOld(folder: string): void {
  const limit = Date.now() - oldest;
  for (const name of readdirSync(folder)) {
    try {
      if (lstatSync(join(folder, name)).mtimeMs < limit) rmSync(join(folder, name));
    } catch {
      // Another process was faster.
    }
  }
}
