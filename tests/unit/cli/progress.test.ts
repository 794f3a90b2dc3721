import { Writable } from "node:stream";
import { progressOn } from "../../../provider/cli/import/discover/progress";
import { styledLines } from "../../../provider/cli/style";

/** What a stream is told, with the looks of a terminal or of a pipe. */
function output(looks: { isTTY?: boolean; colors?: boolean }): { stream: NodeJS.WriteStream; text: () => string } {
  const parts: string[] = [];
  const writable = new Writable({
    write: (part, _encoding, done) => {
      parts.push(String(part));
      done();
    },
  });
  const stream = Object.assign(writable, { isTTY: looks.isTTY, columns: 80, hasColors: () => looks.colors === true });
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => parts.join("") };
}

const plain = [{}, { isTTY: false, colors: true }, { isTTY: true, colors: false }];

test.each(plain)("where only plain text can be shown (%j), progress is a line every ten seconds", (looks) => {
  const { stream, text } = output(looks);
  let now = 0;
  const progress = progressOn(stream, () => now);
  progress.say("Looking for projects and groups ...");
  progress.start(100);
  for (let found = 1; found <= 50; found += 1) {
    now += 999;
    progress.step(found);
  }
  progress.stop();
  expect(text()).toBe(
    [
      "11 of 100 projects and groups, 11 objects, about 89 s left\n",
      "22 of 100 projects and groups, 22 objects, about 78 s left\n",
      "33 of 100 projects and groups, 33 objects, about 67 s left\n",
      "44 of 100 projects and groups, 44 objects, about 56 s left\n",
    ].join(""),
  );
});

test("on a terminal a text stands until there is something to count, and nothing is left in the end", () => {
  const { stream, text } = output({ isTTY: true, colors: true });
  const progress = progressOn(stream);
  progress.say("Looking for projects and groups ...");
  expect(text()).toBe("Looking for projects and groups ...");
  progress.stop();
  expect(text()).toBe("Looking for projects and groups ...\r\u001b[K");
});

const summary = "3 groups\nSkipped acme/shop: 403\n\nWrote index.ts\n\nNext:\n  pulumi preview\n";

test.each(plain)("where only plain text can be shown (%j), a summary is plain", (looks) => {
  expect(styledLines(summary, output(looks).stream)).toBe(summary);
});

test("on a terminal with colours, what was skipped and what to do next is set off", () => {
  expect(styledLines(summary, { isTTY: true, hasColors: () => true })).toBe(
    "3 groups\n\u001b[33mSkipped acme/shop: 403\u001b[39m\n\n\u001b[32mWrote index.ts\u001b[39m\n\n\u001b[1mNext:\u001b[22m\n  pulumi preview\n",
  );
});
