import { isSingleton, type Definition } from "../core/definition";
import { fieldsOf, type FieldInfo } from "../core/schema";
import { notFound, type ApiPath } from "../client";
import { same, type Props } from "../operations/state/request-body";
import type { TrialObject } from "./object";
import { Mismatch, NotAvailable, type Trial } from "./trial";

/** What GitLab has for everybody, or what its API cannot delete. */
const lastingKinds: readonly string[] = ["notification", "pullMirror"];

/** @throws NotAvailable where GitLab's refusal says that it does not have the class here */
export async function createIfAvailable(trial: Trial, object: TrialObject, args: Props): Promise<void> {
  try {
    await object.create(args);
  } catch (error) {
    const { status = 0, text = "" } = trial.lastRefusal() ?? {};
    if (status === 400 && /integration not available|slug does not have a valid value/i.test(text)) {
      throw new NotAvailable("this GitLab does not offer the integration");
    }
    // The answer for a path that leads nowhere, unlike the one for an object that is missing.
    if (status === 404 && /"error"\s*:\s*"404 Not Found"/.test(text)) {
      throw new NotAvailable("not in this version or edition of GitLab");
    }
    throw error;
  }
  trial.noteNotTaken(object);
}

/** GitLab's own refusal of a request that lacks every argument, which the provider would not send. */
export async function refuseNothing(trial: Trial): Promise<void> {
  const { definition } = trial.subject;
  const demanded = trial.infos.filter(({ required }) => required).map(({ name }) => name);
  if (demanded.length === 0 || !["hook", "integration"].includes(definition.kind)) return;
  const where = trial.collection(1);
  try {
    await (isSingleton(definition) ? trial.client.put(where, {}) : trial.client.post(where, {}));
  } catch {
    return;
  }
  if (isSingleton(definition)) await trial.client.delete(where);
  throw new Mismatch(`GitLab accepts a request without ${demanded.join(", ")}, which the package requires`);
}

/** A program that did not change leads to no change. */
export async function expectSame(object: TrialObject, args: Props, mark?: string): Promise<void> {
  const { changes, replaces } = await object.diff(args, mark);
  if (!changes && replaces.length === 0) return;
  const names = [...fieldsOf(object.definition.fields).values()]
    .filter((info) => args[info.name] !== undefined && !same(info, object.outputs[info.name], args[info.name]))
    .map(({ name }) => name);
  const what = names.length > 0 ? ` of ${names.join(", ")}` : "";
  throw new Mismatch(`an unchanged program shows a change${what}`, names[0]);
}

/** What GitLab shows is what was sent, and a program that did not change leads to no change. */
export async function readBack(trial: Trial, object: TrialObject): Promise<void> {
  const args = argsIn(object.inputs);
  if (!(await object.refresh())) throw new Mismatch("the object no longer exists");
  const drifted = trial.infos
    .filter((info) => args[info.name] !== undefined && !same(info, object.inputs[info.name], args[info.name]))
    .map(({ name }) => name);
  if (drifted.length > 0) {
    throw new Mismatch(`GitLab returns another value than was sent: ${drifted.join(", ")}`, drifted[0]);
  }
  await expectSame(object, args);
}

/** Takes over what is there, as another program would: nothing changes. @returns the object in that program's hands */
export async function takenOver(trial: Trial, object: TrialObject): Promise<TrialObject> {
  const args = argsIn(object.inputs);
  const other = trial.object();
  await other.create(args, object.id);
  if (other.id !== object.id) throw new Mismatch(`another object was imported: ${other.id} instead of ${object.id}`);
  await expectSame(other, args);
  return other;
}

/** Deleted, it is gone, or back at GitLab's default where there is always one. */
export async function deleted(trial: Trial, object: TrialObject): Promise<void> {
  await object.delete();
  // At another place it was seen already.
  if (isLasting(trial.subject.definition) || !trial.subject.isMain) return;
  if (await object.refresh()) throw new Mismatch("the object still exists after its deletion");
}

/** Somebody removes it, or switches it off, on GitLab's pages: a refresh sees that, and the next run brings it back. */
export async function removedByHand(trial: Trial, object: TrialObject, args: Props): Promise<void> {
  if (!(await trial.step("remove by hand", () => removeByHand(trial, object)))) return;
  await trial.step("refresh", async () => {
    const isThere = await object.refresh();
    if (isThere && !isLasting(trial.subject.definition))
      throw new Mismatch("a refresh does not detect that it was deleted");
    if (isThere && !(await object.diff(args)).changes) {
      throw new Mismatch("a refresh does not detect that it was disabled");
    }
    await (isThere ? object.update(args) : object.create(args));
  });
  await trial.step("restored", () => readBack(trial, object));
}

async function removeByHand(trial: Trial, object: TrialObject): Promise<void> {
  const { definition } = trial.subject;
  const where = `/${object.id}` as ApiPath;
  if (definition.kind === "notification") await trial.client.put(where, { level: "disabled" });
  else if (definition.kind === "pullMirror") await trial.client.put(where, { enabled: false });
  else await trial.client.delete(where);
  if (definition.parentKind) await removeForGood(trial, where);
}

/** What is only marked still holds the name. */
async function removeForGood({ client }: Trial, where: ApiPath): Promise<void> {
  const there = await client.get(where).catch(notFound);
  if (!there) return;
  const fullPath = (there.body as Props).path_with_namespace;
  await client.delete(where, { permanently_remove: true, full_path: fullPath });
}

function isLasting({ kind, undeletable }: Definition): boolean {
  return lastingKinds.includes(kind) || undeletable !== undefined;
}

/** Arguments without what a check adds to them. */
export function argsIn(inputs: Props): Props {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith("__")));
}

/** Whether GitLab tells what it has for a field. */
export function isReadable({ access, meta }: FieldInfo): boolean {
  return access === "readable" || meta.keysOnly === true;
}
