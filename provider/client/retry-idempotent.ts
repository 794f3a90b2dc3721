import { LostAnswerError } from ".";

/** How often a POST is sent again whose answer was lost. */
const repetitions = 3;

/** Sends a POST that comes to the same when it is done twice, again where its answer was lost. */
export async function retryIdempotent<T>(post: () => Promise<T>): Promise<T> {
  for (let left = repetitions; ; left--) {
    try {
      return await post();
    } catch (error) {
      if (!(error instanceof LostAnswerError) || left === 0) throw error;
    }
  }
}
