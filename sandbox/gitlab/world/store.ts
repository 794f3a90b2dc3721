import { readFileSync } from "node:fs";
import writeFileAtomic from "write-file-atomic";
import type { State } from "./state";

const FORMAT = 1;

/** Keeps the state in a file, so that a sandbox goes on where the last one stopped. */
export class Store {
  /** @param file where the state is kept */
  constructor(readonly file: string) {}

  /** The stored state, undefined when there is no file yet. Raises an Error when the file holds something else. */
  load(): State | undefined {
    let text: string;
    try {
      text = readFileSync(this.file, "utf8");
    } catch (problem) {
      if ((problem as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw problem;
    }
    const stored = JSON.parse(text) as { format?: unknown; state?: State };
    if (stored.format !== FORMAT || stored.state === undefined) {
      throw new Error(`${this.file} is no state file of this version of gitlab-sandbox`);
    }
    return stored.state;
  }

  /** Writes the state in one step: a reader, or a crash, finds the old file or the new one. */
  async save(state: State): Promise<void> {
    await writeFileAtomic(this.file, `${JSON.stringify({ format: FORMAT, state })}\n`, { mode: 0o600 });
  }
}
