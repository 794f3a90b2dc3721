import { Chance } from "../faults/support/chance";
import { definitionOf } from "./support/cases";
import { ManagedFleet } from "./support/managed-fleet";
import { figures, fleetSeed as seed, fleetSize as size, hooksOf, manyProjects } from "./support/many";
import { ProviderFixture } from "./support/provider-fixture";

/* `npm run test:fleet` does this with 3,000 hooks and 20 points; a seed that failed is given back by FLEET_SEED. */
const points = Number(process.env.FLEET_POINTS ?? 3);

jest.setTimeout(60_000 + size * points * 20);

const chance = new Chance(seed);
/** A list and a POST for each. */
const kills = Array.from({ length: points }, () => 1 + chance.below(2 * size));
const phases = ["arrived", "done", "answered"] as const;

/** How many hooks each killed run left behind, of those that were put right. */
const found: number[] = [];

let fixture: ProviderFixture;
let paths: string[];

beforeAll(async () => {
  fixture = await ProviderFixture.start();
  paths = manyProjects(fixture.sandbox, size);
});

afterAll(async () => {
  figures(
    `${size.toLocaleString("en")} hooks, killed at ${points} points: ${found.length} times every hook was there once after ` +
      `the next run, ${found.join(", ")} of them taken over`,
  );
  await fixture.stop();
});

function hooks() {
  return fixture.sandbox.control.world.state.hooks;
}

function clear(): void {
  const { world } = fixture.sandbox.control;
  world.state = { ...world.state, hooks: [] };
}

/** Kills the process at one step of one request, and waits until the sandbox is quiet. */
async function killed(
  run: ProviderFixture,
  fleet: ManagedFleet,
  call: number,
  phase: (typeof phases)[number],
): Promise<void> {
  const stop = fixture.sandbox.control.watch((moment) => {
    if (moment.call === call && moment.phase === phase) run.provider.kill();
  });
  await expect(fleet.up(hooksOf(paths))).rejects.toThrow();
  stop();
  for (let before = -1; before !== hooks().length;) {
    before = hooks().length;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test.each(kills.map((call, n) => [call, phases[n % phases.length] ?? "done"] as const))(
  `killed when request %i has %s, and run again: every hook once (seed ${seed})`,
  async (call, phase) => {
    clear();
    const first = await fixture.withNewProcess();
    await killed(first, new ManagedFleet(first, definitionOf("ProjectHook")), call, phase);
    await first.stop("sandbox");
    const left = hooks().length;
    const second = await fixture.withNewProcess();
    const fleet = new ManagedFleet(second, definitionOf("ProjectHook"));
    const lines = await second.logsDuring(() => fleet.up(hooksOf(paths)));
    expect(new Set(hooks().map(({ scope }) => scope.id)).size).toBe(size);
    expect(hooks()).toHaveLength(size);
    expect(Object.keys(fleet.outputs.ids as object)).toHaveLength(size);
    const taken = lines.filter(({ message }) => message.includes("already on GitLab, equal in everything"));
    expect(taken.map(({ message }) => Number(message.replace(/,/g, "").split(" ", 1)[0]))).toEqual(
      left > 0 ? [left] : [],
    );
    expect(await fleet.up(hooksOf(paths))).toBe("same");
    await second.stop("sandbox");
    found.push(left);
  },
);
