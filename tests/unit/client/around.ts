import { subscribe } from "node:diagnostics_channel";
import type { Clock } from "../../../provider/client";
import { readConfiguration, type Settings } from "../../../provider/config/settings";

// The machine's own proxy must not stand between a test and its server.
for (const name of ["http_proxy", "https_proxy", "all_proxy", "no_proxy"]) {
  Reflect.deleteProperty(process.env, name);
  Reflect.deleteProperty(process.env, name.toUpperCase());
}

/** A clock whose time passes only by sleeping, and what was slept and told. */
export interface TestSurroundings extends Clock {
  readonly slept: number[];
  readonly told: string[];
}

let underWay = 0;
subscribe("http.client.request.start", () => (underWay += 1));
subscribe("http.client.response.finish", () => (underWay -= 1));

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}

/** Ends when every request has its answer; only for tests in which none is cut off. */
export async function quiet(): Promise<void> {
  await pause();
  while (underWay > 0) await pause();
  await pause();
}

/** Makes surroundings with a clock of their own, which moves on after `settle`. */
export function surroundings(settle = pause): TestSurroundings {
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
      await settle();
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
