import { runMatrix } from "./support/matrix";

const seed = Number(process.env.FAULT_SEED ?? 1);
const runs = Number(process.env.FAULT_RUNS ?? 1);
const only = process.env.FAULT_ONLY ?? "";

jest.setTimeout(1_800_000);

test("whatever goes wrong, GitLab ends up as the program says", async () => {
  const rows = await runMatrix({
    seed,
    runs,
    wants: (name) => name.includes(only),
    tell: (text) => process.stderr.write(`${text}\n`),
  });
  for (const { name, outcomes } of rows)
    for (const { seed: own, result, reason, error, named } of outcomes) {
      if (result !== "converged")
        process.stderr.write(`${result}: ${name} seed ${own}: ${reason}\n   error: ${error}\n  named ${named}\n`);
    }
});
