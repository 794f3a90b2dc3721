import type { Surroundings } from "../../../provider/client";
import { readConfiguration, type Settings } from "../../../provider/config";

// The machine's own proxy must not stand between a test and its server.
for (const name of ["http_proxy", "https_proxy", "all_proxy", "no_proxy"]) {
  Reflect.deleteProperty(process.env, name);
  Reflect.deleteProperty(process.env, name.toUpperCase());
}

/** Surroundings whose time passes only by sleeping, and what was slept and told. */
export interface TestSurroundings extends Surroundings {
  readonly slept: number[];
  readonly told: string[];
}

/** Makes surroundings with a clock of their own. */
export function surroundings(): TestSurroundings {
  const slept: number[] = [];
  const told: string[] = [];
  // On the minute, so that a test's windows begin where the test does.
  let time = Math.floor(Date.now() / 60_000) * 60_000;
  return {
    slept,
    told,
    now: () => time,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      // Sleeps that begin together end together, and requests under way end before the clock moves on.
      const end = time + milliseconds;
      await new Promise((resolve) => setTimeout(resolve, 15));
      time = Math.max(time, end);
    },
    random: () => 0.5,
    status: (text) => told.push(text),
  };
}

/** Settings for a server, as `readConfiguration` gives them. */
export function settings(baseUrl: string, more: Readonly<Record<string, unknown>> = {}): Settings {
  const given: Readonly<Record<string, unknown>> = { baseUrl, token: "glpat-canary-token", ...more };
  const configuration = readConfiguration((key) => given[key], {});
  if (configuration.settings === undefined) throw new Error(configuration.problems.join("\n"));
  return configuration.settings;
}
