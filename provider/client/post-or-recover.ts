import { setTimeout as sleep } from "node:timers/promises";
import { status } from "../core/log";
import { LostAnswerError } from "./errors";

/** How often a POST is sent again whose answer was lost and that left nothing. */
const mostRepetitions = 3;

/** A wait longer than this, in milliseconds, is worth a status line. */
const worthTelling = 3_000;

/** What to do where it is not known whether GitLab has done a POST. */
export interface Recovery<T> {
  /**
   * Looks for what the POST made; undefined while there is nothing. `lost` is undefined where a refusal says that it is
   * there. Without `find` the POST is one that may be done twice, and is sent again at once.
   */
  readonly find?: (lost: LostAnswerError | undefined) => Promise<T | undefined>;
  /**
   * GitLab cannot have two of it. It is looked for once then: a POST that is sent again too early is refused and makes
   * no second one.
   */
  readonly isUnique?: boolean;
  /** Whether a refusal says that it is there already: then it is looked for once. Default: no refusal does. */
  readonly isConflict?: (error: unknown, attempt: number) => boolean;
  /** Whether the POST is sent again when nothing arrived. Default: three times. */
  readonly mayRepeat?: (error: LostAnswerError, attempt: number) => boolean;
}

/**
 * Sends a POST. Where its answer is lost, GitLab may have done it: so what it makes is looked for, as long as GitLab may
 * still be at work on it and could make a second one, and the POST is sent again only when nothing is there.
 *
 * @param post sends it; `attempt` counts from 0
 * @throws LostAnswerError when the answer is lost, nothing is found and it is not sent again; and what `post` and `find`
 *   throw
 */
export async function postOrRecover<T>(post: (attempt: number) => Promise<T>, recovery: Recovery<T> = {}): Promise<T> {
  const { find, isUnique = false, isConflict = () => false } = recovery;
  const { mayRepeat = (_, attempt) => attempt < mostRepetitions } = recovery;
  for (let attempt = 0; ; attempt++) {
    try {
      return await post(attempt);
    } catch (error) {
      const lost = error instanceof LostAnswerError ? error : undefined;
      if (!lost && !isConflict(error, attempt)) throw error;
      const look = async () => find?.(lost);
      const found = lost && find ? await pollLostCreate(lost, look, isUnique) : await look();
      if (found !== undefined) return found;
      if (!lost || !mayRepeat(lost, attempt)) throw error;
    }
  }
}

/** Looks once, or several times, at growing distances and with some chance in them, until GitLab cannot be at work any more. */
async function pollLostCreate<T>(
  { message, settlesIn }: LostAnswerError,
  look: () => Promise<T | undefined>,
  isOnce: boolean,
): Promise<T | undefined> {
  if (settlesIn > worthTelling && !isOnce) status(`${message}: looking whether it was done`);
  const end = Date.now() + settlesIn;
  for (let pause = Math.max(50, settlesIn / 30); ; pause *= 2) {
    const left = Math.max(0, end - Date.now());
    await sleep(Math.min(pause * (0.75 + Math.random() / 2), left + 50));
    const isLast = isOnce || Date.now() >= end;
    const found = await look();
    if (found !== undefined || isLast) return found;
  }
}
