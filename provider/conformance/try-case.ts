import type { Props } from "../operations/state/request-body";
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
    await runEveryStep(trial);
    return trial.result();
  } catch (error) {
    if (error instanceof NotAvailable) return trial.result(error.message);
    throw error;
  }
}

/** Made with the least arguments and with every one, read, taken over, changed, reset, removed by hand, restored, deleted. */
async function runEveryStep(trial: Trial): Promise<void> {
  const { isMain } = trial.subject;
  const object = trial.object();
  const place = trial.placeArgs(0);
  const least = { ...place, ...trial.leastArgs() };
  const all = { ...place, ...trial.allArgs() };
  const begun = await trial.operation(async () => {
    const fresh = isMain ? await runWithTheLeast(trial) : undefined;
    return (await made(trial, object, all, least)) && { fresh };
  });
  if (!begun) return;
  if (isMain) await importTwice(trial, object);
  await trial.operation(async () => {
    await changeFields(trial, object);
    await removeFields(trial, object, Object.keys(least), begun.fresh);
    if (isMain && (await trial.step("bring everything back", () => changeTo(trial, object, all)))) {
      await removedByHand(trial, object, all);
    }
    await trial.step("delete", () => deleted(trial, object));
  });
}

/**
 * With the least arguments it is made, read and deleted.
 *
 * @returns the outputs of a fresh object, where it could be made
 */
async function runWithTheLeast(trial: Trial): Promise<Props | undefined> {
  const object = trial.object();
  const args = { ...trial.placeArgs(1), ...trial.leastArgs() };
  await trial.step("refuse what is missing", () => refuseNothing(trial));
  if (!(await trial.step("create with the least", () => createIfAvailable(trial, object, args)))) return undefined;
  await trial.step("compare", () => expectSame(object, args));
  const isRead = await trial.step("read back", () => readBack(trial, object));
  const fresh = isRead ? object.outputs : undefined;
  await trial.step("delete", () => deleted(trial, object));
  return fresh;
}

async function made(trial: Trial, object: TrialObject, all: Props, least: Props): Promise<boolean> {
  const isWhole = await trial.step("create with everything", () => createIfAvailable(trial, object, all));
  if (isWhole) await trial.step("compare", () => expectSame(object, all));
  // Which argument it is that GitLab refuses shows when each comes alone, as a change.
  else if (!(await trial.step("create with the least instead", () => object.create(least)))) return false;
  if (trial.subject.isMain) await trial.step("read back what was made", () => readBack(trial, object));
  return true;
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
