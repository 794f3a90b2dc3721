import { Presets, SingleBar } from "cli-progress";
import { isPlain } from "../style";

/** Shows how far a run is. */
export interface Progress {
  /** Says what goes on before there is something to count. */
  say(text: string): void;
  /** Begins the counting. */
  start(total: number): void;
  /** One more project or group is done; `found` objects are known by now. */
  step(found: number): void;
  stop(): void;
}

/** Time between two lines where there is no bar: a log of CI shows that it goes on, and stays short. */
const pause = 10_000;

/**
 * A bar with counts on a terminal. Where only plain text can be shown, in a pipe or with `NO_COLOR`, a line now and then.
 *
 * @param now the time in milliseconds
 */
export function progressOn(stream: NodeJS.WriteStream, now: () => number = Date.now): Progress {
  return isPlain(stream) ? linesOn(stream, now) : barOn(stream);
}

function linesOn(stream: NodeJS.WriteStream, now: () => number): Progress {
  let [total, done, last] = [0, 0, now()];
  return {
    say: () => undefined,
    start: (count) => {
      total = count;
    },
    step: (found) => {
      done += 1;
      if (now() - last < pause) return;
      last = now();
      stream.write(`${done} of ${total} projects and groups, ${found} objects\n`);
    },
    stop: () => undefined,
  };
}

function barOn(stream: NodeJS.WriteStream): Progress {
  const format = "{bar} {value} of {total} projects and groups, {found} objects";
  const bar = new SingleBar({ stream, format, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  let isSaid = false;
  const unsay = () => {
    if (isSaid) stream.write("\r\u001b[K");
    isSaid = false;
  };
  return {
    say: (text) => {
      unsay();
      stream.write(text);
      isSaid = true;
    },
    start: (total) => {
      unsay();
      bar.start(total, 0, { found: 0 });
    },
    step: (found) => {
      bar.increment({ found });
    },
    stop: () => {
      unsay();
      bar.stop();
    },
  };
}
