import { Presets, SingleBar } from "cli-progress";

/** Shows how far a run is. */
export interface Progress {
  /** Begins the counting. */
  start(total: number): void;
  /** One more project or group is done; `found` objects are known by now. */
  step(found: number): void;
  stop(): void;
}

/** A bar with counts on a terminal, and nothing in a pipe. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { start: () => undefined, step: () => undefined, stop: () => undefined };
  const format = "{bar} {value} of {total} projects and groups, {found} objects";
  const bar = new SingleBar({ stream, format, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  return {
    start: (total) => {
      bar.start(total, 0, { found: 0 });
    },
    step: (found) => {
      bar.increment({ found });
    },
    stop: () => {
      bar.stop();
    },
  };
}
