import type { Definition } from "../core/definition";
import { check as checkOne, completed, type Checked } from "../operations/check";
import type { Props } from "../operations/state/request-body";
import { unknownValue } from "../core/unknown";
import { isObject } from "../core/json";
import { truncate } from "../core/truncate";
import { exclusiveNames, exclusiveProblems } from "./exclusive-arguments";
import { noteRun } from "./run-hint";
import { isImplied } from "./state";
import type { NewObject } from "../operations/preview/check-preview";
import { entryPath } from "../core/id";
import { counted, formatted, lossOf } from "./kinds";
import { mostLines } from "./summary";

/** The arguments of each entry by its key, as far as they are known: an entry, or all of them, may not be yet. */
export type Desired = ReadonlyMap<string, Props | undefined>;

/** Checks every entry of a fleet as the arguments of a resource of its own. Never throws. */
export function check(definition: Definition, olds: Props, all: Props): Checked {
  const news = noteRun({ definition }, all);
  const given = news.entries;
  const problems = [...foreignNames(news), ...exclusiveProblems(definition, news)];
  if (given === unknownValue) return { inputs: { ...news }, problems };
  if (!isObject(given))
    return { inputs: { ...news }, problems: ["entries: must be an object that maps keys to arguments"] };
  const before = isObject(olds.entries) ? olds.entries : {};
  const entries: Record<string, unknown> = {};
  const wrong = new WrongEntries();
  for (const [key, args] of Object.entries(given)) {
    problems.push(...keyProblems(key));
    if (args === unknownValue) entries[key] = args;
    else if (!isObject(args)) problems.push(`${entryPath(key)}: must be an object of arguments`);
    else {
      const last = before[key];
      const checked = checkOne(definition, isObject(last) ? last : {}, args);
      for (const problem of checked.problems) wrong.add(key, problem);
      entries[key] = withoutImplied(definition, checked.inputs);
    }
  }
  const isNew = Object.keys(olds).length === 0;
  const notice = `${counted(definition, Object.keys(entries).length)} to create, or to take over if an equal one exists.`;
  return { inputs: { ...news, entries }, problems: few([...problems, ...wrong.told()]), ...(isNew ? { notice } : {}) };
}

/** The arguments of every entry, as a resource of its own would have them after its check. */
export function desiredOf(definition: Definition, inputs: Props): Desired {
  const entries = isObject(inputs.entries) ? inputs.entries : {};
  return new Map(
    Object.entries(entries).map(([key, args]) => [key, isObject(args) ? completed(definition, args) : undefined]),
  );
}

/** What every check adds is not kept in state, once for each entry. */
function withoutImplied(definition: Definition, inputs: Props): Props {
  const entries = Object.entries(inputs).filter(([name]) => name !== "__managed");
  return Object.fromEntries(entries.filter(([name, value]) => !isImplied(definition, name, value)));
}

const ownNames = ["entries", ...exclusiveNames];

/** A transform may mean single resources, and give what nothing here would do with, a secret perhaps. */
function foreignNames(news: Props): string[] {
  const names = Object.keys(news).filter((name) => !ownNames.includes(name) && !name.startsWith("__"));
  return names.map((name) => `${truncate(name)}: a Fleet has no such argument; set it in the entries`);
}

function keyProblems(key: string): string[] {
  if (key.trim() === "") return ["entries: a key must not be empty"];
  const loss = lossOf(key);
  if (loss !== undefined) return [`${entryPath(key)}: ${loss}`];
  return key.startsWith("__") ? [`${entryPath(key)}: a key must not begin with two underscores`] : [];
}

/** So many entries with the same problem have a line each; more of them have one together, which names as many keys. */
const mostAlike = 3;

/** The problems of entries, those that many have in common as one. */
class WrongEntries {
  readonly #keys = new Map<string, string[]>();

  add(key: string, problem: string): void {
    const keys = this.#keys.get(problem);
    if (keys) keys.push(key);
    else this.#keys.set(problem, [key]);
  }

  /** What a user reads: what many entries have first, the rest in the order in which it was found. */
  told(): string[] {
    const isShared = ([, keys]: readonly [string, readonly string[]]) => keys.length > mostAlike;
    const all = [...this.#keys];
    return [...all.filter(isShared), ...all.filter((one) => !isShared(one))].flatMap(([problem, keys]) => {
      if (keys.length <= mostAlike) return keys.map((key) => `${entryPath(key)}${separator(problem)}${problem}`);
      const first = keys.slice(0, mostAlike).map((key) => JSON.stringify(truncate(key)));
      const rest = formatted(keys.length - mostAlike);
      return [`${formatted(keys.length)} entries (${first.join(", ")} and ${rest} more): ${problem}`];
    });
  }
}

/** A problem begins with the path of a field or, where it concerns no single one, with a sentence. */
function separator(problem: string): string {
  return /^\w+(?:\.[^\s:]+)*: /.test(problem) ? "." : ": ";
}

function few(problems: readonly string[]): readonly string[] {
  if (problems.length <= mostLines) return problems;
  return [...problems.slice(0, mostLines), `and ${formatted(problems.length - mostLines)} more problems`];
}

/** The new entries of a fleet. */
export function newObjects(olds: Props, inputs: Props): readonly NewObject[] {
  const before = isObject(olds.entries) ? olds.entries : {};
  const entries = Object.entries(isObject(inputs.entries) ? inputs.entries : {});
  return entries.flatMap(([key, args]) =>
    isObject(args) && !(key in before) ? [{ inputs: args, prefix: `${entryPath(key)}: ` }] : [],
  );
}
