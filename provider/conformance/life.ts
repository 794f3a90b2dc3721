import type { Props } from "../lifecycle/values";
import type { Case } from "./cases";
import { changeFields, changeTo, removeFields } from "./field-steps";
import type { TrialObject } from "./object";
import type { ClassResult } from "./results";
import {
  argsIn,
  createIfAvailable,
  deleted,
  expectSame,
  readBack,
  refuseNothing,
  removedByHand,
  takenOver,
} from "./steps";
import { NotAvailable, Trial, type TrialContext } from "./trial";

/**
 * Takes a class through its life at one place.
 *
 * @throws Interrupted when the run is stopped
 */
export async function tryCase(context: TrialContext, subject: Case): Promise<ClassResult> {
  const trial = new Trial(context, subject);
  try {
    const fresh = subject.isMain ? await leastLife(trial) : undefined;
    await wholeLife(trial, fresh);
    return trial.result();
  } catch (error) {
    if (error instanceof NotAvailable) return trial.result(error.message);
    throw error;
  }
}

/**
 * With the least arguments it is made, read and deleted.
 *
 * @returns the outputs of a fresh object, where it could be made
 */
async function leastLife(trial: Trial): Promise<Props | undefined> {
  const object = trial.object();
  const args = { ...trial.placeArgs(1), ...trial.leastArgs() };
  let fresh: Props | undefined;
  await trial.operation(async () => {
    await trial.step("refuse what is missing", () => refuseNothing(trial));
    if (!(await trial.step("create with the least", () => createIfAvailable(trial, object, args)))) return;
    await trial.step("compare", () => expectSame(object, args));
    if (await trial.step("read back", () => readBack(trial, object))) fresh = object.outputs;
    await trial.step("delete", () => deleted(trial, object));
  });
  return fresh;
}

/** With every argument it is made, read, taken over, changed, reset, removed by hand, restored and deleted. */
async function wholeLife(trial: Trial, fresh: Props | undefined): Promise<void> {
  const object = trial.object();
  const place = trial.placeArgs(0);
  const least = { ...place, ...trial.leastArgs() };
  const all = { ...place, ...trial.allArgs() };
  if (!(await made(trial, object, all, least))) return;
  if (trial.subject.isMain) await importTwice(trial, object);
  await trial.operation(async () => {
    await changeFields(trial, object);
    await removeFields(trial, object, Object.keys(least), fresh);
  });
  await trial.operation(async () => {
    if (trial.subject.isMain && (await trial.step("bring everything back", () => changeTo(trial, object, all)))) {
      await removedByHand(trial, object, all);
    }
    await trial.step("delete", () => deleted(trial, object));
  });
}

/** Another program takes it over, and in its next run the `import` option is still there: nothing changes. */
async function importTwice(trial: Trial, object: TrialObject): Promise<void> {
  let other: TrialObject | undefined;
  await trial.operation(async () => {
    await trial.step("import", async () => void (other = await takenOver(trial, object)));
  });
  await trial.operation(async () => {
    await trial.step("import again", async () => {
      if (!other) return;
      await expectSame(other, argsIn(other.inputs), object.id);
      await readBack(trial, other);
    });
  });
}

async function made(trial: Trial, object: TrialObject, all: Props, least: Props): Promise<boolean> {
  let isThere = false;
  await trial.operation(async () => {
    isThere = await trial.step("create with everything", () => createIfAvailable(trial, object, all));
    if (isThere) await trial.step("compare", () => expectSame(object, all));
    // Which argument it is that GitLab refuses shows when each comes alone, as a change.
    else isThere = await trial.step("create with the least instead", () => object.create(least));
    if (isThere && trial.subject.isMain) await trial.step("read back", () => readBack(trial, object));
  });
  return isThere;
}
