import type { FieldInfo } from "../core/schema";
import { isObject } from "../core/json";
import { same, type Props } from "../operations/state/request-body";
import type { TrialObject } from "./object";
import { companionsOf, isChangedBack } from "./special";
import { argsIn, expectSame, isReadable, readBack } from "./steps";
import { Mismatch, type Trial } from "./trial";

/** How many fields change with one request, at the place where a class goes through every step. */
const fieldsAtOnce = 6;

/**
 * Each field gets another value: several with one request where nothing hangs on a single one. Where such a request
 * fails, each field comes alone, so that it shows which one it is.
 */
export async function changeFields(trial: Trial, object: TrialObject): Promise<void> {
  const { definition, isMain } = trial.subject;
  const isAlone = (info: FieldInfo) =>
    info.required ||
    info.meta.clearsSecrets === true ||
    isChangedBack(definition, info) ||
    companionsOf(definition, info, "change").length > 0;
  const together = trial.infos.filter((info) => !isAlone(info));
  const size = isMain ? fieldsAtOnce : together.length;
  for (let from = 0; from < together.length; from += size) {
    await changeTogether(trial, object, together.slice(from, from + size));
  }
  for (const info of trial.infos.filter(isAlone)) await changeAlone(trial, object, info);
  await trial.step("read back what changed", () => readBack(trial, object));
}

async function changeTogether(trial: Trial, object: TrialObject, infos: readonly FieldInfo[]): Promise<void> {
  const noted = trial.failures.length;
  const before = object.copy();
  const changed = Object.fromEntries(infos.map((info) => [info.name, trial.valueOf(info, 1)]));
  const next = { ...argsIn(object.inputs), ...changed };
  const name = `change ${infos[0]?.name ?? ""}${infos.length > 1 ? ` and ${infos.length - 1} more` : ""}`;
  if (await trial.step(name, () => changeTo(trial, object, next, infos))) return;
  trial.failures.length = noted;
  object.inputs = before.inputs;
  for (const info of infos) await changeAlone(trial, object, info);
}

async function changeAlone(trial: Trial, object: TrialObject, info: FieldInfo): Promise<void> {
  const { definition } = trial.subject;
  const before = object.copy();
  const args = argsIn(object.inputs);
  const left = companionsOf(definition, info, "change");
  const next = { ...without(args, left), [info.name]: trial.valueOf(info, 1) };
  const isDone = await trial.step(`change ${info.name}`, () => changeTo(trial, object, next, [info]), info.name);
  // What failed must not fail again with each further field.
  if (!isDone && before.id === object.id) object.inputs = before.inputs;
  if (left.length > 0 || isChangedBack(definition, info)) {
    await trial.step(`change ${info.name} back`, () => changeTo(trial, object, args), info.name);
  }
}

/** Brings an object to other arguments, by replacing it where GitLab cannot change it. */
export async function changeTo(
  trial: Trial,
  object: TrialObject,
  args: Props,
  infos: readonly FieldInfo[] = [],
): Promise<void> {
  const { changes, replaces } = await object.diff(args);
  const [first] = infos;
  if (!changes && first) throw new Mismatch("another value is no change", first.name);
  if (replaces.length > 0) await replace(trial, object, args);
  else await object.update(args);
  trial.noteNotTaken(object);
  const wrong = infos.filter((info) => !same(info, object.outputs[info.name], args[info.name])).map(({ name }) => name);
  if (wrong.length > 0) throw new Mismatch(`the new value is not in the outputs: ${wrong.join(", ")}`, wrong[0]);
}

/** The engine makes the new object before it deletes the old one, or after, where there is place for one alone. */
async function replace(trial: Trial, object: TrialObject, args: Props): Promise<void> {
  const old = object.copy();
  const isInPlace = trial.subject.definition.kind !== "hook";
  if (isInPlace) await old.delete();
  await object.create(args);
  if (!isInPlace) await old.delete();
}

/** Removes every argument that is not demanded, and looks whether each field has the value of a fresh object. */
export async function removeFields(
  trial: Trial,
  object: TrialObject,
  kept: readonly string[],
  fresh: Props | undefined,
): Promise<void> {
  const removed = trial.infos.filter(({ name }) => name in object.inputs && !kept.includes(name));
  if (removed.length === 0) return;
  const names = removed.map(({ name }) => name);
  const least = without(argsIn(object.inputs), names);
  const isDone = await trial.step("remove every field", () => changeTo(trial, object, least));
  // Which one it is that GitLab refuses shows when each goes alone.
  if (!isDone) for (const info of removed) await removeAlone(trial, object, info, kept);
  await trial.step("read back what is left", async () => {
    if (!(await object.refresh())) throw new Mismatch("nothing is there any more");
    await expectSame(object, argsIn(object.inputs));
  });
  for (const info of removed) {
    await trial.step(`remove ${info.name}`, () => expectInitial(object, info, fresh), info.name);
  }
}

async function removeAlone(trial: Trial, object: TrialObject, info: FieldInfo, kept: readonly string[]): Promise<void> {
  const args = argsIn(object.inputs);
  const left = companionsOf(trial.subject.definition, info, "remove");
  const next = without(args, [info.name, ...left.filter((name) => !kept.includes(name))]);
  await trial.step(`remove ${info.name}`, () => changeTo(trial, object, next), info.name);
}

/** A field that was removed has what GitLab gives a fresh object. */
function expectInitial(object: TrialObject, info: FieldInfo, fresh: Props | undefined): Promise<void> {
  if (!isReadable(info) || info.meta.noReset === true) return Promise.resolve();
  const now = object.outputs[info.name];
  const initial = fresh === undefined ? info.initial : fresh[info.name];
  if (same(info, partOf(info, now), partOf(info, initial))) return Promise.resolve();
  const other = fresh === undefined ? "the package takes" : "a fresh object has";
  throw new Mismatch(`removed, it is ${shown(info, now)}, and ${other} ${shown(info, initial)}`, info.name);
}

/** Of an object, the package resets the parts that its default names. */
function partOf({ type, initial }: FieldInfo, value: unknown): unknown {
  if (type !== "object" || !isObject(value) || !isObject(initial)) return value;
  return Object.fromEntries(Object.keys(initial).map((key) => [key, value[key]]));
}

function shown(info: FieldInfo, value: unknown): string {
  return info.secret ? "another value" : value === undefined ? "nothing" : JSON.stringify(value);
}

function without(args: Props, names: readonly string[]): Props {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));
}
