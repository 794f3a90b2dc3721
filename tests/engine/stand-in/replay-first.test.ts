import { expectAsRecorded } from "./support/expectations";
import { Replay, type ReplayedStep } from "./support/replay";

/** The steps of the first series, in order, with what was done behind the engine's back before them. */
const STEPS: readonly [name: string, step: ReplayedStep, before?: (replay: Replay) => void][] = [
  ["01-preview-create", { operation: "preview", program: "create" }],
  ["02-up-create", { operation: "up", program: "create" }],
  ["03-up-unchanged", { operation: "up", program: "create" }],
  ["04-up-update", { operation: "up", program: "update" }],
  ["05-up-replace", { operation: "up", program: "replace" }],
  ["06-preview-unknown", { operation: "preview", program: "chain" }],
  ["07-up-chain", { operation: "up", program: "chain" }],
  ["08-refresh-drift", { operation: "refresh" }, changeFirstHook],
  ["09-up-after-drift", { operation: "up", program: "chain" }],
  ["10-refresh-gone", { operation: "refresh" }, deleteLastHook],
  ["11-up-after-gone", { operation: "up", program: "chain" }],
  ["12-up-check-failure", { operation: "up", program: "bad" }],
  ["13-up-delete-removed", { operation: "up", program: "update" }],
  ["14-up-half-created", { operation: "up", program: "half" }],
  ["15-up-half-fixed", { operation: "up", program: "halffixed" }],
  ["16-up-refused", { operation: "up", program: "refused" }],
  ["17-up-provider", { operation: "up", program: "provider" }],
  ["18-up-provider-rotated", { operation: "up", program: "rotate" }],
  ["19-up-get", { operation: "up", program: "get", env: { GETID: "p:8" } }],
  ["20-up-adopt", { operation: "up", program: "adopt" }],
  ["21-destroy", { operation: "destroy" }],
];

function changeFirstHook(replay: Replay): void {
  replay.changeWorld(({ hooks, ...world }) => ({
    ...world,
    hooks: { ...hooks, 2: { ...hooks["2"], url: "http://drifted" } },
  }));
}

function deleteLastHook(replay: Replay): void {
  replay.changeWorld(({ hooks, ...world }) => {
    const left = Object.entries(hooks).filter(([id]) => id !== "4");
    return { ...world, hooks: Object.fromEntries(left) };
  });
}

describe("the stand-in does what the real engine did: the ordinary life", () => {
  let replay: Replay;

  beforeAll(() => {
    replay = new Replay("first", "glpat-secret");
  });

  afterAll(() => {
    replay.remove();
  });

  for (const [name, step, before] of STEPS) {
    it(name, async () => {
      before?.(replay);
      await expectAsRecorded(replay, "first", name, step);
    });
  }
});
