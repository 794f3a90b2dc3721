import { ProviderFixture } from "../../contract/support/provider-fixture";
import { seedOf } from "./chance";
import { authority, Door, Proxy } from "./door";
import { faults, type Gateways, type Way } from "./faults";
import { kinds } from "./objects";
import { operations } from "./operations";
import { refer, run, type Cell, type Outcome, type Reference, type Stage } from "./run";

/** What the matrix is asked for. */
export interface Wish {
  /** Decides, with a run's name, where its fault comes and how often. */
  readonly seed: number;
  /** Runs of each cell. */
  readonly runs: number;
  readonly wants: (cell: Cell) => boolean;
  /** Told of every fault that is through. */
  readonly tell: (text: string) => void;
}

/** A cell and what came of its runs. */
export interface Row {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
}

/** `cut after the work, create, hook`. */
export function nameOf({ fault, operation, kind }: Cell): string {
  return `${fault.name}, ${operation.name}, ${kind.name}`;
}

/** Each fault with a create and with one other operation, on one of the kinds. */
export function isInShortForm({ fault, operation, kind }: Cell): boolean {
  const [nth, turn] = [faults.indexOf(fault), operations.indexOf(operation)];
  const isChosen = turn === 0 || turn - 1 === nth % (operations.length - 1);
  return isChosen && (nth + turn) % kinds.length === kinds.indexOf(kind);
}

/** Runs every wanted cell, the cells of one fault side by side. */
export async function runMatrix(wish: Wish): Promise<Row[]> {
  const stages = await open();
  try {
    const references = await referAll(stages.plain);
    const rows: Row[] = [];
    for (const [index, fault] of faults.entries()) {
      const cells = operations
        .flatMap((operation) => kinds.map((kind) => ({ fault, operation, kind })))
        .filter((cell) => wish.wants(cell) && isPossible(cell, references));
      if (cells.length === 0) continue;
      const of = await runCells(stages[fault.way], cells, wish, references);
      wish.tell(`${index + 1}/${faults.length} ${lineOf(fault.name, of)}`);
      rows.push(...of);
    }
    return rows;
  } finally {
    await close(stages);
  }
}

type Stages = Readonly<Record<Way, Stage>>;

/** One emulator, a process for each way to it that meets the faults, and one for the runs before and after them. */
async function open(): Promise<Stages> {
  const gateways: Gateways = {
    plain: await Door.open(false),
    secure: await Door.open(true),
    proxy: await Proxy.open(),
  };
  const { plain, secure, proxy } = gateways;
  const next = await ProviderFixture.start({}, { "gitlab:formerBaseUrls": [plain.url, secure.url] });
  plain.target = secure.target = new URL(next.sandbox.url);
  const tonight = { "gitlab:retries": 3, "gitlab:timeout": 9, "gitlab:formerBaseUrls": [next.sandbox.url] };
  const tunnelled = { "gitlab:baseUrl": secure.url, "gitlab:cacertFile": authority };
  return {
    plain: { gateways, next, tonight: await next.withNewProcess({ ...tonight, "gitlab:baseUrl": plain.url }) },
    tunnel: {
      gateways,
      next,
      tonight: await next.withNewProcess({ ...tonight, ...tunnelled }, { HTTPS_PROXY: proxy.url }),
    },
  };
}

async function close({ plain, tunnel }: Stages): Promise<void> {
  await tunnel.tonight.stop("sandbox");
  await plain.tonight.stop("sandbox");
  await plain.next.stop();
  await plain.gateways.plain.close();
  await plain.gateways.secure.close();
  plain.gateways.proxy.close();
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
      const seed = seedOf(wish.seed, `${nameOf(next.cell)} ${next.nth}`);
      outcomes.get(next.cell)?.push(await run(stage, next.cell, seed, referenceOf(references, next.cell)));
    }
  };
  const { fault } = cells[0] ?? {};
  await Promise.all(Array.from({ length: fault?.sideBySide ?? 1 }, work));
  return cells.map((cell) => ({ name: nameOf(cell), outcomes: outcomes.get(cell) ?? [] }));
}

function lineOf(name: string, rows: readonly Row[]): string {
  const outcomes = rows.flatMap((row) => row.outcomes);
  const converged = outcomes.filter(({ result }) => result === "converged").length;
  const failed = outcomes.filter(({ error }) => error !== undefined).length;
  const named = outcomes.filter(({ named: ids }) => ids.length > 0).length;
  return (
    `${name}: ${outcomes.length} runs, ${converged} converged, ${failed} of them with an error and another run` +
    (named > 0 ? `, ${named} after a warning was followed` : "")
  );
}
