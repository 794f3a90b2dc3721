import { Presets, SingleBar } from "cli-progress";
import type { ClassResult, RunListener } from "../../conformance";
import { failureLines } from "./deep-print";

/** Shows how far a deep run is. */
export interface DeepProgress extends RunListener {
  readonly stop: () => void;
}

/** Classes between two lines where there is no terminal. */
const everyFew = 20;

/** A bar on a terminal, and a line now and then in a pipe; what fails is told at once. */
export function deepProgress(stream: NodeJS.WriteStream): DeepProgress {
  const bar = stream.isTTY ? barOn(stream) : undefined;
  const writeLine = (text: string) => {
    if (bar?.isActive) bar.clear();
    stream.write(`${text}\n`);
  };
  let [done, total, failed] = [0, 0, 0];
  return {
    started(facts, group, cases) {
      total = cases;
      writeLine(`GitLab ${facts.instance.version}: testing ${cases} classes in the group ${group.path}.`);
      bar?.start(cases, 0, { failed });
    },
    finished(result: ClassResult) {
      done += 1;
      if (result.result === "failed") {
        failed += 1;
        writeLine(failureLines(result).join("\n"));
      }
      bar?.update(done, { failed });
      if (!bar && (done % everyFew === 0 || done === total))
        writeLine(`${done} of ${total} classes, ${failed} failed.`);
    },
    remark: writeLine,
    stop() {
      bar?.stop();
    },
  };
}

class Bar {
  isActive = false;
  readonly #bar: SingleBar;

  constructor(readonly stream: NodeJS.WriteStream) {
    const format = "{bar} {value} of {total} classes, {failed} failed, {duration_formatted}";
    this.#bar = new SingleBar({ stream, format, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  }

  start(total: number, value: number, payload: object): void {
    this.isActive = true;
    this.#bar.start(total, value, payload);
  }

  update(value: number, payload: object): void {
    this.#bar.update(value, payload);
  }

  /** Makes place for a line. */
  clear(): void {
    this.stream.write("\r\u001b[2K");
  }

  stop(): void {
    this.isActive = false;
    this.#bar.stop();
  }
}

function barOn(stream: NodeJS.WriteStream): Bar {
  return new Bar(stream);
}
