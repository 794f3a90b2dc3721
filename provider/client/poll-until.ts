import { setTimeout as sleep } from "node:timers/promises";
import { status } from "../core/log";

/** Milliseconds of the first pause, and of the longest. */
const pauses = { first: 200, longest: 5_000 };

/**
 * Asks again and again until an answer is as wanted, telling how long it has taken so far.
 *
 * @param task.limit seconds
 * @returns the last answer, wanted or not
 */
export async function pollUntil<T>(
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  task: { readonly limit: number; readonly doing: string },
): Promise<T> {
  const begun = Date.now();
  for (let pause = pauses.first; ; pause = Math.min(pauses.longest, pause * 1.5)) {
    const answer = await ask();
    const left = begun + task.limit * 1000 - Date.now();
    if (isWanted(answer) || left <= 0) return answer;
    const seconds = Math.round((Date.now() - begun) / 1000);
    if (seconds > 0) status(`${task.doing} (${seconds} s)`);
    await sleep(Math.min(pause, left));
  }
}
