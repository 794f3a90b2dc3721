import { Stage, type Conditions, type Figures, type Operation, type Variant } from "./stage";

/** One of those that are compared: a program and how many hooks it has. */
export interface Contestant {
  readonly variant: Variant;
  readonly count: number;
}

/** Programs that do the same in turns, so that a busy machine is busy for all of them. */
export interface Contest {
  readonly title: string;
  readonly contestants: readonly Contestant[];
  /** What each of them does, one after the other. */
  readonly operations: readonly Operation[];
  readonly conditions: Conditions;
}

/** What one contestant took for one operation. */
export interface Result extends Figures {
  readonly contestant: Contestant;
  readonly operation: Operation;
}

/** How a contestant is called in the tables. */
export function nameOf({ variant, count }: Contestant): string {
  const names: Readonly<Record<Variant, string>> = {
    nothing: "provider that does nothing",
    "many-outputs": "nothing, as many outputs",
    "by-hand": "provider written by hand",
    single: "single resources",
    fleet: "a fleet",
  };
  return `${names[variant]}, ${count.toLocaleString("en")}`;
}

/**
 * Holds a contest: each operation is done by every contestant before the next one begins.
 *
 * @param done called with each result as it comes
 */
export async function hold(contest: Contest, done: (result: Result) => void): Promise<Result[]> {
  const stages: (readonly [Contestant, Stage])[] = [];
  const results: Result[] = [];
  try {
    for (const contestant of contest.contestants) {
      stages.push([contestant, await Stage.open(contestant.variant, contestant.count, contest.conditions)]);
    }
    for (const operation of contest.operations) {
      for (const [contestant, stage] of stages) {
        const result = { contestant, operation, ...(await stage.measure(operation)) };
        results.push(result);
        done(result);
      }
    }
  } finally {
    for (const [, stage] of stages) await stage.close();
  }
  return results;
}
