import { setTimeout as sleep } from "node:timers/promises";
import type { LostAnswerError } from "./errors";

/**
 * Looks for what a write did whose answer was lost: several times, at growing distances and with some chance in them,
 * until GitLab cannot be at work on it any more.
 *
 * @param look gives undefined while there is nothing to be seen
 * @returns undefined when nothing has arrived
 */
export async function pollLostAnswer<T>(
  { settlesIn }: LostAnswerError,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const end = Date.now() + settlesIn;
  for (let pause = Math.max(50, settlesIn / 30); ; pause *= 2) {
    const left = Math.max(0, end - Date.now());
    await sleep(Math.min(pause * (0.75 + Math.random() / 2), left + 50));
    const isLast = Date.now() >= end;
    const found = await look();
    if (found !== undefined || isLast) return found;
  }
}
