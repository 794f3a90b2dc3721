import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/**
 * Writes a set of files, each as a whole or not at all.
 *
 * It runs without a break, so that a signal whose handler runs in this process comes before it or after it; all files
 * are on the disk before the first one gets its name, so that a failure leaves the old ones.
 *
 * @param files texts by file name
 * @throws Error of the file system
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  const moves = [...files.keys()].map((name) => ({
    name,
    from: path.join(folder, `.${name}.${process.pid}.tmp`),
    to: path.join(folder, name),
  }));
  try {
    for (const { name, from } of moves) {
      writeFileSync(from, files.get(name) ?? "", { mode: name.endsWith(".sh") ? 0o755 : 0o644 });
    }
    for (const { from, to } of moves) renameSync(from, to);
  } finally {
    for (const { from } of moves) rmSync(from, { force: true });
  }
}

/** Those of the files that a folder has already. */
export function filesIn(folder: string, names: readonly string[]): string[] {
  return names.filter((name) => existsSync(path.join(folder, name)));
}
