import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expectAsRecorded } from "./support/expectations";
import { providersIn, readProviders } from "./support/providers";
import { RECORDINGS } from "./support/recordings";
import { Replay, type ReplayedStep } from "./support/replay";

/** A step of the third series, which its folder lists. */
interface Step {
  readonly name: string;
  readonly operation: ReplayedStep["operation"];
  readonly program?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Names of the hooks that the step is limited to. */
  readonly target?: readonly string[];
  /** How often it is interrupted, once a slow hook is under way. */
  readonly interrupts?: 1 | 2;
}

const steps = JSON.parse(readFileSync(join(RECORDINGS, "third", "steps.json"), "utf8")) as readonly Step[];
const urnOf = (name: string): string => `urn:pulumi:dev::app::pulumi-nodejs:dynamic/gitlab:ProjectHook::${name}`;

describe("the stand-in does what the real engine did: runs that are limited, replace, or end badly", () => {
  let replay: Replay;
  const engines = new Set<string>();

  beforeAll(() => {
    replay = new Replay("third", "token-one");
  });

  afterAll(() => {
    replay.remove();
  });

  for (const { name, target = [], interrupts, ...step } of steps) {
    it(name, async () => {
      replay.forgetCalls();
      const options = { target: target.map(urnOf) };
      const during = interrupts === undefined ? undefined : { after: /create http:\/\/(slow|pause)/, interrupts };
      await expectAsRecorded(replay, "third", name, { ...step, options, ...(during && { during }) });
      const [done, recorded] = [providersIn(replay.calls()), readProviders("third", name)];
      expect(done.calls).toEqual(recorded.calls);
      expect(done.lastDeletes).toEqual(recorded.lastDeletes);
      // Every provider has a process of its own; the engine has one address for all of a run, and another in each run.
      for (const { processes, addresses } of [done, recorded]) {
        expect(new Set(processes.values()).size).toBe(processes.size);
        expect(addresses.size).toBeLessThanOrEqual(1);
      }
      for (const address of done.addresses) {
        expect(engines).not.toContain(address);
        engines.add(address);
      }
    });
  }
});
