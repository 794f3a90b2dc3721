import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { Interrupted } from "../../conformance";

/**
 * Asks a question at the terminal.
 *
 * @param signal ends the question
 * @returns whether the answer is yes; false where nobody is there to answer
 * @throws Interrupted after Ctrl-C, or when the signal comes
 */
export async function asks(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // After Ctrl-D nothing is answered any more.
    const closed = once(terminal, "close").then(() => "");
    const answer = await Promise.race([terminal.question(`${question} [y/N] `, { signal }), closed]);
    return /^y(?:es)?$/i.test(answer.trim());
  } catch (error) {
    if ((error as Error).name === "AbortError") throw new Interrupted();
    throw error;
  } finally {
    terminal.close();
  }
}
