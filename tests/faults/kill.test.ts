import { KillingGround, type Boundary } from "./support/kill";

const isLong = process.env.KILLS === "all";

jest.setTimeout(7_200_000);

const phases = ["arrived", "done", "answered"] as const;

/** Every boundary, or as many as the short form has time for. */
function boundariesOf(calls: number): Boundary[] {
  const all = Array.from({ length: calls }, (_, nth) => phases.map((phase) => ({ call: nth + 1, phase }))).flat();
  const few = [0.2, 0.5, 0.8].map((part) => ({ call: Math.ceil(calls * part), phase: "done" as const }));
  return isLong ? all : few;
}

// The short form, side by side as the engine does it; `npm run test:kill` asks for every boundary, one after the other.
test("a run that is killed anywhere is finished by the next one, and what it left is named", async () => {
  const ground = await KillingGround.open(isLong ? 1 : 8);
  try {
    const { calls, gitlab, state } = await ground.undisturbed();
    const boundaries = boundariesOf(calls);
    let named = 0;
    for (const [nth, boundary] of boundaries.entries()) {
      const aftermath = await ground.killedAt(boundary);
      expect({ boundary, ...aftermath }).toEqual({
        boundary,
        gitlab,
        state,
        left: aftermath.left,
        named: aftermath.left,
      });
      named += aftermath.named.length;
      const line = `${nth + 1}/${boundaries.length} call ${boundary.call} ${boundary.phase}: converged, named ${aftermath.named.join(" ")}`;
      if (isLong) process.stderr.write(`${line.replace(/, named $/, "")}\n`);
    }
    if (isLong)
      process.stderr.write(`${boundaries.length} boundaries, all converged, ${named} duplicates, all named\n`);
    expect(isLong ? named : 1).toBeGreaterThan(0);
  } finally {
    await ground.close();
  }
});
