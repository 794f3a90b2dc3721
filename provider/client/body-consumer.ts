import type { Readable } from "node:stream";

/**
 * Takes the bytes of an answer as they arrive. Called anew, to begin from the start, when a try broke off.
 *
 * @param headers the answer's, names in lower case
 */
export type BodyConsumer = (chunks: AsyncIterable<Buffer>, headers: Readonly<Record<string, string>>) => Promise<void>;

/** What a sink threw, as `cause`, kept apart from what the connection does. */
export class BodyConsumerFailure extends Error {}

/**
 * Hands the bytes of an answer to a sink.
 *
 * @param alive called for every chunk
 * @throws SinkFailure when the sink fails, and what the stream throws when the connection does
 */
export async function drain(
  sink: BodyConsumer,
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
    await sink(chunks(), headers);
  } catch (cause) {
    throw broken ? broken.error : new BodyConsumerFailure("", { cause });
  }
}

/** A sign-in page, or what a proxy says: no file of GitLab's API is one. */
export function isPage(headers: Readonly<Record<string, string>>): boolean {
  return /^text\/html/i.test(headers["content-type"] ?? "");
}
