import type { Readable } from "node:stream";

/**
 * Takes the bytes of an answer as they arrive. Called again, to begin from the start, when a try broke off.
 *
 * @param headers the answer's, names in lower case
 */
export type BodyConsumer = (chunks: AsyncIterable<Buffer>, headers: Readonly<Record<string, string>>) => Promise<void>;

/** What a consumer threw, as `cause`, kept apart from what the connection does. */
export class BodyConsumerFailure extends Error {}

/**
 * Hands the bytes of an answer to a consumer.
 *
 * @param alive called for every chunk
 * @throws BodyConsumerFailure when the consumer fails, and what the stream throws when the connection does
 */
export async function drain(
  consumer: BodyConsumer,
  stream: Readable,
  headers: Readonly<Record<string, string>>,
  alive: () => void,
): Promise<void> {
  let broken: { readonly error: unknown } | undefined;
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream) {
        alive();
        yield chunk as Buffer;
      }
    } catch (error) {
      broken = { error };
      throw error;
    }
  }
  try {
    await consumer(chunks(), headers);
  } catch (cause) {
    throw broken ? broken.error : new BodyConsumerFailure("", { cause });
  }
}

/** A sign-in page, or what a proxy says: no file of GitLab's API is one. */
export function isPage(headers: Readonly<Record<string, string>>): boolean {
  return /^text\/html/i.test(headers["content-type"] ?? "");
}
