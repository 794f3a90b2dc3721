import type { Request } from "../../support/driver";
import { kinds, type Kind } from "./kinds";
import { namesOf, unrelatedUrn, urnsOf, type Declaration } from "./program";

/** What the programs before a move declare: every kind as it is, or fleets of whatever there are fleets of. */
export type Start = "singles" | "fleets";

/** A change of a program that declares the same objects in another way. */
export interface Move {
  readonly name: string;
  readonly start: Start;
  /** Whether a kind takes part; what does not stays as it was. */
  readonly concerns?: (kind: Kind) => boolean;
  /** What is different in the declarations after it. */
  readonly change: (before: Declaration) => Partial<Declaration>;
  /** Whether the resources themselves are other ones afterwards, so that the objects may be new ones. */
  readonly makesNew?: (kind: Kind) => boolean;
  /**
   * Whether objects are deleted before their replacements are made. Cut off in between, the state still has what is gone:
   * the engine was not told, and asks about nothing that does not change, so that only a refresh finds it.
   */
  readonly deletesFirst?: true;
  /** How the first `up` is told. A second one without it follows where there is more to do. */
  readonly request?: (after: readonly Declaration[]) => Omit<Request, "kind">;
}

const isHook = ({ slot }: Kind): boolean => slot === undefined;
const isProject = ({ slot }: Kind): boolean => slot === "";
const isPlainHook = (kind: Kind): boolean => isHook(kind) && kind.isFleet !== true && kind.isImported !== true;
const renamed = ({ name }: Declaration): { name: string } => ({ name: `${name}-new` });
/** Hooks have no key of their own, and a project's path is taken: without `import` they would be made anew. */
const imported = ({ kind }: Declaration): { isImported: boolean } => ({ isImported: isHook(kind) || isProject(kind) });
const all = (before: Declaration): { isImported: boolean } => ({ isImported: before.form === "single" });
/** What is deleted before its replacement is made cannot be the same afterwards; nor can a hook that is not imported. */
const isReplaced = (kind: Kind): boolean => !isHook(kind) || isPlainHook(kind);

export const moves: readonly Move[] = [
  {
    name: "renamed",
    start: "singles",
    concerns: (kind) => !isProject(kind),
    change: renamed,
    makesNew: isPlainHook,
  },
  { name: "renamed with import", start: "singles", change: (before) => ({ ...renamed(before), ...all(before) }) },
  {
    name: "single to fleet",
    start: "singles",
    concerns: ({ isFleetable, isFleet }) => isFleetable && isFleet !== true,
    change: (before) => ({ ...renamed(before), form: "fleet", isImported: false }),
  },
  {
    name: "fleet to single",
    start: "fleets",
    change: (before) => ({ ...renamed(before), form: "single", ...imported(before) }),
  },
  { name: "fleet renamed", start: "fleets", change: renamed },
  { name: "to another provider", start: "singles", change: () => ({ hasOwnProvider: true }) },
  {
    name: "renamed and to another provider",
    start: "singles",
    change: (before) => ({ ...renamed(before), ...imported(before), hasOwnProvider: true }),
  },
  {
    name: "single to fleet of another provider",
    start: "singles",
    concerns: ({ isFleetable, isFleet }) => isFleetable && isFleet !== true,
    change: (before) => ({ ...renamed(before), form: "fleet", isImported: false, hasOwnProvider: true }),
  },
  {
    name: "replacementTrigger",
    start: "singles",
    change: () => ({ replacementTrigger: "2" }),
    makesNew: isReplaced,
    deletesFirst: true,
  },
  {
    name: "--replace",
    start: "singles",
    change: () => ({}),
    makesNew: isReplaced,
    deletesFirst: true,
    request: (after) => ({ replace: after.flatMap(namesOf) }),
  },
  {
    name: "--replace and to another provider",
    start: "singles",
    change: () => ({ hasOwnProvider: true }),
    makesNew: isReplaced,
    deletesFirst: true,
    request: (after) => ({ replace: after.flatMap(namesOf) }),
  },
  {
    name: "--target of the new one",
    start: "singles",
    change: (before) => ({ ...renamed(before), ...imported(before) }),
    request: (after) => ({ target: [...after.flatMap(urnsOf), unrelatedUrn] }),
  },
  {
    name: "into a component",
    start: "singles",
    change: (before) => ({ ...renamed(before), ...imported(before), isNested: true }),
  },
];

/** The declarations before a move. */
export function startOf(start: Start): Declaration[] {
  const taking = start === "singles" ? kinds : kinds.filter((kind) => kind.isFleetable && kind.isImported !== true);
  return taking.map((kind) => ({
    kind,
    name: kind.name,
    form: start === "fleets" || kind.isFleet === true ? "fleet" : "single",
    isImported: kind.isImported === true,
    hasOwnProvider: false,
    isNested: false,
    replacementTrigger: "1",
  }));
}

/** The declarations after a move. */
export function endOf(move: Move): Declaration[] {
  return startOf(move.start).map((before) =>
    move.concerns?.(before.kind) === false ? before : { ...before, ...move.change(before) },
  );
}
