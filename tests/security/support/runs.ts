/** Whether this is the long form, `npm run test:inputs`. */
export const isLong = process.env.INPUTS !== undefined;

/** Inputs to generate in all: the number in `INPUTS` in the long form. */
export const inputs = Number(process.env.INPUTS ?? 2_000);

/** Where the generators begin: `SEED`, else always the same in the short form and never the same in the long one. */
export const seed = Number(process.env.SEED ?? (isLong ? Date.now() % 2 ** 31 : 6));

/** Prints a line that a reader of the test's output is meant to see, without a stack. */
export function report(text: string): void {
  process.stdout.write(`${text}\n`);
}
