import { createInterface } from "node:readline/promises";

/** Asks a question at the terminal. @returns whether the answer is yes; false where nobody is there to answer */
export async function asks(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
