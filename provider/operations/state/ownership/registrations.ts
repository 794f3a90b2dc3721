import { setTimeout as sleep } from "node:timers/promises";
import { currentOperation } from "../../../core/operation";

/** So many milliseconds without a call count as the end of the registrations. */
const quiet = 200;
/** The longest wait in milliseconds for that end. */
const longest = 15_000;

let open = 0;
let last = 0;

/** Runs the check or the diff of a resource that the program registers. */
export async function duringRegistration<T>(task: () => Promise<T>): Promise<T> {
  open += 1;
  try {
    return await task();
  } finally {
    open -= 1;
    last = Date.now();
  }
}

/**
 * Waits until every resource that the program has registered so far was checked and compared: the engine does so one
 * after the other, while it makes the first ones already. What writes over an existing object, or deletes one early,
 * thereby learns whether another resource has it.
 */
export async function untilRegistered(): Promise<void> {
  // What runs as an operation of its own has one resource.
  if (currentOperation()) return;
  const end = Date.now() + longest;
  while ((open > 0 || Date.now() - last < quiet) && Date.now() < end) await sleep(50);
}
