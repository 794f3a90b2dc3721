import { Presets, SingleBar } from "cli-progress";
import { isPlain } from "../../style";

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
  return isPlain(stream) ? linesOn(stream, now) : barOn(stream, now);
}

function linesOn(stream: NodeJS.WriteStream, now: () => number): Progress {
  let [total, done, last, started] = [0, 0, now(), now()];
  return {
    say: () => undefined,
    start: (count) => {
      total = count;
      started = now();
    },
    step: (found) => {
      done += 1;
      if (now() - last < pause) return;
      last = now();
      const left = ((last - started) / done) * (total - done);
      stream.write(`${done} of ${total} projects and groups, ${found} objects, ${remaining(left)}\n`);
    },
    stop: () => undefined,
  };
}

/** A time in milliseconds as people say it. */
export function remaining(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 100 ? `about ${seconds} s left` : `about ${Math.ceil(seconds / 60)} min left`;
}

function barOn(stream: NodeJS.WriteStream, now: () => number): Progress {
  const format = "{bar} {value} of {total} projects and groups, {found} objects, {left}";
  const bar = new SingleBar({ stream, format, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  let [isSaid, started, total, done] = [false, 0, 0, 0];
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
    start: (count) => {
      unsay();
      [started, total, done] = [now(), count, 0];
      bar.start(count, 0, { found: 0, left: "" });
    },
    step: (found) => {
      done += 1;
      bar.increment({ found, left: remaining(((now() - started) / done) * (total - done)) });
    },
    stop: () => {
      unsay();
      bar.stop();
    },
  };
}
