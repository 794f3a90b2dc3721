import { createInterface } from "node:readline";
import type { Sandbox } from "../gitlab";
import { heading, say, styled } from "./print";

/** Says where the page of the sandbox is. */
export function sayAddress({ url }: Sandbox): void {
  say(
    `Its page shows what is set up and what is asked while it happens: open ${styled("cyan", `${url}/`)} in a browser.`,
  );
}

/**
 * Keeps the sandbox open for somebody who changes things on its page. It ends with `q`, Ctrl+C, or the end of the input.
 *
 * @param mend looks for what has changed, and puts it right
 */
export async function browse({ url }: Sandbox, mend: () => Promise<void>): Promise<void> {
  heading("Over to you   the sandbox stays open");
  say(`  Change something on ${styled("cyan", `${url}/`)}: switch an integration off, change or delete a webhook.`);
  const invite = (): void => {
    say("  Press Enter, and a refresh finds it and an up mends it; q and Enter ends the demo.");
  };
  const lines = createInterface({ input: process.stdin });
  const end = (): void => {
    lines.close();
  };
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    invite();
    for await (const line of lines) {
      if (/^q(uit)?$/i.test(line.trim())) break;
      await mend();
      say();
      invite();
    }
  } finally {
    end();
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}
