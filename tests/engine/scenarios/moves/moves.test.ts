import { onCli } from "../support/driver";
import { moves, type Move } from "./support/moves";
import { Stage, type Ending } from "./support/stage";

const isLong = onCli || process.env.LONG_TESTS === "1";

/**
 * The short form: what differs most. None of them deletes: a deletion that is done, and of which the engine was not told
 * because it was interrupted, stays in state as it was, and only a refresh finds it.
 */
const CUTS: readonly (readonly [move: string, ending: Ending])[] = [
  ["single to fleet", { how: "kill", at: 1 }],
  ["renamed with import", { how: "kill", at: 1 }],
  ["fleet renamed", { how: "interrupt", at: 1 }],
];

describe("objects that a program declares in another way", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  });

  afterAll(() => stage.close());

  async function expectNoProblems(move: Move, ending: Ending): Promise<void> {
    const problems = await stage.problems(move, ending);
    const head = `${move.name}, ${"at" in ending ? `${ending.how} at write ${ending.at}` : ending.how}`;
    expect(problems.map((problem) => `${head}: ${problem}`)).toEqual([]);
  }

  describe.each(moves.map((move) => [move.name, move] as const))("%s", (name, move) => {
    if (isLong) it("in a clean run", () => expectNoProblems(move, { how: "clean" }));

    it("while another resource fails, then repaired", () => expectNoProblems(move, { how: "another fails" }));

    for (const how of ["interrupt", "kill"] as const) {
      const title = how === "kill" ? "killed, then run again" : "interrupted twice, then run again";
      if (isLong) {
        it.each([0, 0.5, 1])(`${title}, at %f of the way`, async (part) => {
          const writes = stage.writesOf(move) ?? 1;
          await expectNoProblems(move, { how, at: Math.max(1, Math.ceil(part * writes)) });
        });
      } else {
        for (const [, ending] of CUTS.filter(([moved, ending]) => moved === name && ending.how === how))
          it(title, () => expectNoProblems(move, ending));
      }
    }
  });
});
