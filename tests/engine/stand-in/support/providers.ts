import { readFileSync } from "node:fs";
import { join } from "node:path";

import { RECORDINGS, type Series } from "./recordings";

/** What the providers of a step were asked for, as they noted it themselves. */
export interface ProviderNotes {
  /** Each call after its provider's token, sorted: between resources the order is free. */
  readonly calls: readonly string[];
  /** The deletions after which nothing else came, sorted. */
  readonly lastDeletes: readonly string[];
  /** The process of each provider, by its token. */
  readonly processes: ReadonlyMap<string, string>;
  /** The addresses of the engine that the processes were given. */
  readonly addresses: ReadonlySet<string>;
}

/** Reads notes, a line for each call: process, address of the engine, token, call. */
export function providersIn(text: string): ProviderNotes {
  const lines = text.split("\n").filter((line) => line !== "");
  const notes = lines.map((line) => {
    const [process = "", address = "", token = "", ...call] = line.split(" ");
    return { process, address, token, call: `${token} ${call.join(" ")}` };
  });
  const calls = notes.map(({ call }) => call);
  const last = calls.findLastIndex((call) => !call.includes(" delete "));
  return {
    calls: [...calls].sort(),
    lastDeletes: calls.slice(last + 1).sort(),
    processes: new Map(notes.map(({ token, process }) => [token, process])),
    addresses: new Set(notes.map(({ address }) => address)),
  };
}

/** What was noted when a step was recorded. */
export function readProviders(series: Series, step: string): ProviderNotes {
  return providersIn(readFileSync(join(RECORDINGS, series, step, "providers.txt"), "utf8"));
}
