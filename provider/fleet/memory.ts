import { setFlagsFromString } from "node:v8";

/** Fewer entries than these fit whatever the collector does. */
const many = 1_000;

/**
 * Makes the garbage collector work early for a fleet of many entries. By itself it lets garbage grow to several times what is
 * needed, and the process shares its machine with the engine and the program.
 */
export function spareMemory(entries: number): void {
  if (entries >= many) setFlagsFromString("--heap-growing-percent=15");
}
