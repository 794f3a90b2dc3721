import { writeFileSync } from "node:fs";
import { isInShortForm, nameOf, runMatrix } from "./support/matrix";

const { FAULT_ONLY, FAULT_REPORT } = process.env;
const seed = Number(process.env.FAULT_SEED ?? 1);
const runs = Number(process.env.FAULT_RUNS ?? 1);

jest.setTimeout(3_600_000);

// The short form; `npm run test:faults` asks for the long one.
test("whatever goes wrong, GitLab ends up as the program says", async () => {
  const rows = await runMatrix({
    seed,
    runs,
    wants: (cell) => (FAULT_ONLY === undefined ? isInShortForm(cell) : nameOf(cell).includes(FAULT_ONLY)),
    tell: (text) => FAULT_REPORT !== undefined && process.stderr.write(`${text}\n`),
  });
  if (FAULT_REPORT !== undefined) writeFileSync(FAULT_REPORT, JSON.stringify(rows));
  const failures = rows.flatMap(({ name, outcomes }) =>
    outcomes
      .filter(({ result }) => result !== "converged")
      .map(({ result, reason, error }) => ({
        result,
        reason,
        error,
        again: `npm run test:faults -- --only "${name}" --seed ${seed} --runs ${runs}`,
      })),
  );
  expect(failures).toEqual([]);
  expect(rows.length).toBeGreaterThan(FAULT_ONLY === undefined ? 45 : 0);
});
