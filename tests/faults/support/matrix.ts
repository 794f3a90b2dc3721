import { Setting } from "../../contract/support/setting";
import { seedOf } from "./chance";
import { faults } from "./faults";
import { kinds } from "./objects";
import { operations } from "./operations";
import { refer, run, type Cell, type Outcome, type Reference, type Stage } from "./run";

/** What the matrix is asked for. */
export interface Wish {
  /** Decides, with a run's name, where its fault comes and how often. */
  readonly seed: number;
  /** Runs of each cell. */
  readonly runs: number;
  /** Whether a cell is run; the text is `fault, operation, kind`. */
  readonly wants: (name: string) => boolean;
  readonly tell: (text: string) => void;
}

/** A cell and what came of its runs. */
export interface Row {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
}

const sideBySide = 12;

/** Runs every wanted cell, the cells of one fault side by side. */
export async function runMatrix(wish: Wish): Promise<Row[]> {
  const tonight = await Setting.start({}, { "gitlab:retries": 3, "gitlab:timeout": 9 });
  const stage: Stage = { tonight, next: await tonight.restarted({ "gitlab:timeout": 60 }) };
  try {
    const references = await referAll(stage);
    const rows: Row[] = [];
    for (const fault of faults) {
      const cells = operations
        .flatMap((operation) => kinds.map((kind) => ({ fault, operation, kind })))
        .filter((cell) => wish.wants(nameOf(cell)) && isPossible(cell, references));
      if (cells.length === 0) continue;
      const of = await runCells(stage, cells, wish, references);
      wish.tell(lineOf(fault.name, of));
      rows.push(...of);
    }
    return rows;
  } finally {
    await stage.next.stop("sandbox");
    await tonight.stop();
  }
}

/** `cut after the work, create, hook`. */
export function nameOf({ fault, operation, kind }: Cell): string {
  return `${fault.name}, ${operation.name}, ${kind.name}`;
}

type References = ReadonlyMap<string, Reference>;

const keyOf = ({ operation, kind }: Omit<Cell, "fault">) => `${operation.name}, ${kind.name}`;

async function referAll(stage: Stage): Promise<References> {
  const references = new Map<string, Reference>();
  for (const operation of operations) {
    for (const kind of kinds) references.set(keyOf({ operation, kind }), await refer(stage, operation, kind));
  }
  return references;
}

function referenceOf(references: References, cell: Cell): Reference {
  const reference = references.get(keyOf(cell));
  if (!reference) throw new Error(`no reference for ${keyOf(cell)}`);
  return reference;
}

/** A fault of writes cannot come to a read. */
function isPossible(cell: Cell, references: References): boolean {
  return referenceOf(references, cell).methods.some((method) => cell.fault.methods.includes(method));
}

async function runCells(stage: Stage, cells: readonly Cell[], wish: Wish, references: References): Promise<Row[]> {
  const outcomes = new Map<Cell, Outcome[]>(cells.map((cell) => [cell, []]));
  const waiting = Array.from({ length: wish.runs }, (_, nth) => cells.map((cell) => ({ cell, nth }))).flat();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const seed = wish.runs === 1 ? wish.seed : seedOf(wish.seed, `${nameOf(next.cell)} ${next.nth}`);
      const outcome = await run(stage, next.cell, seed, referenceOf(references, next.cell));
      outcomes.get(next.cell)?.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  return cells.map((cell) => ({ name: nameOf(cell), outcomes: outcomes.get(cell) ?? [] }));
}

function lineOf(name: string, rows: readonly Row[]): string {
  const outcomes = rows.flatMap((row) => row.outcomes);
  const converged = outcomes.filter(({ result }) => result === "converged").length;
  const failed = outcomes.filter(({ error }) => error !== undefined).length;
  return `${name}: ${outcomes.length} runs, ${converged} converged, ${failed} of them with an error and another run`;
}
