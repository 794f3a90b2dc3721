import type { Props } from "../operations/state/request-body";
import type { Case } from "./cases";
import { companionsOf, isChangedBack } from "./special";
import { isReadable } from "./steps";
import { Trial, type TrialContext } from "./trial";
import type { Turn } from "./sample-source";

/** One resource of a program. */
export interface ProgramResource {
  readonly name: string;
  /** The class below the package: `integrations.Slack`. */
  readonly type: string;
  readonly args: Props;
}

/**
 * The resources of a program: every class once, and of those that exclude each other in a project one there and the others
 * in a group.
 *
 * @param turn 1 for a program in which one argument of each has changed
 */
export function programResources(context: TrialContext, cases: readonly Case[], turn: Turn): ProgramResource[] {
  return chosen(cases).map((subject) => {
    const trial = new Trial(context, subject);
    const all = { ...trial.placeArgs(1), ...withoutFiles(trial.allArgs()) };
    return {
      name: subject.title.replaceAll(" ", "-"),
      type: subject.definition.name,
      args: turn === 0 ? all : changed(trial, all),
    };
  });
}

function chosen(cases: readonly Case[]): Case[] {
  const taken = new Set<string>();
  return cases.filter(({ definition: { name, exclusive }, scope }) => {
    const slot = exclusive !== undefined && scope === "project" ? exclusive : name;
    if (taken.has(slot) || taken.has(name)) return false;
    taken.add(slot).add(name);
    return true;
  });
}

/** The pictures of a run are not in the program's folder. */
function withoutFiles(args: Props): Props {
  return Object.fromEntries(Object.entries(args).filter(([name]) => name !== "avatar"));
}

function changed(trial: Trial, args: Props): Props {
  const { definition } = trial.subject;
  const info = trial.infos.find(
    (each) =>
      each.name in args &&
      !each.meta.names &&
      isReadable(each) &&
      !isChangedBack(definition, each) &&
      companionsOf(definition, each, "change").length === 0 &&
      trial.valueOf(each, 1) !== args[each.name],
  );
  return info ? { ...args, [info.name]: trial.valueOf(info, 1) } : args;
}
