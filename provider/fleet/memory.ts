import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Fewer entries than these fit whatever the collector does. */
const many = 1_000;

/**
 * Keeps a process that works on a fleet of many entries small: garbage is collected now, and from now on early. By itself
 * the collector lets it grow to several times what is needed, and the process shares its machine with the engine and
 * the program.
 */
export function spareMemory(entries: number): void {
  if (entries < many) return;
  setFlagsFromString("--heap-growing-percent=15");
  // The collector sets its next goal at the end of each collection, so that one must follow the flag.
  collect();
}

let collector: (() => void) | undefined;

function collect(): void {
  setFlagsFromString("--expose-gc");
  collector ??= runInNewContext("gc") as () => void;
  collector();
}
