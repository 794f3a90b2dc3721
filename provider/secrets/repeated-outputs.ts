import type { Definition } from "../core/definition";
import { fieldsOf } from "../core/schema";

/**
 * An output that says what an argument says. Whoever makes the argument a secret means the output too, but the engine
 * marks outputs only after inputs of the same name, and no provider is told which of its values are secrets: those that
 * a transform adds are known to the engine alone. So an output that is nothing but the argument in other words stays out
 * of the state while the program gives the argument, and the program works it out of the argument's own output, whose
 * secrecy it then shares. An output that has more in it, such as an address, is a secret where the constructor can see
 * that the argument is one.
 */
export interface Repeat {
  readonly output: string;
  readonly argument: string;
  /** The output's value out of the argument's, where there is nothing else in it. */
  readonly from?: (value: unknown) => unknown;
}

/** An output in which there is nothing but an argument. */
export type WholeRepeat = Required<Repeat>;

/** Whether there is nothing but the argument in an output. */
export function isWhole(repeat: Repeat): repeat is WholeRepeat {
  return repeat.from !== undefined;
}

const known = new WeakMap<Definition, readonly Repeat[]>();

/** The outputs of a definition that say what arguments say. */
export function repeatsOf(definition: Definition): readonly Repeat[] {
  const repeats = known.get(definition) ?? [...repeatsIn(definition)];
  known.set(definition, repeats);
  return repeats;
}

function* repeatsIn({ fields, outputs, scopes }: Definition): Generator<Repeat> {
  for (const scope of scopes) yield { output: `${scope}Path`, argument: scope };
  for (const { name: output, repeats = [] } of outputs) for (const argument of repeats) yield { output, argument };
  for (const [name, { meta }] of fieldsOf(fields)) {
    const { replacedBy, fromReplaced, fallback, names, repeats = [] } = meta;
    if (names) yield { output: names.path, argument: name };
    for (const argument of repeats) yield { output: name, argument };
    if (fallback !== undefined) yield { output: name, argument: fallback, from: itself };
    if (replacedBy === undefined) continue;
    yield { output: name, argument: replacedBy, from: fromReplaced ?? itself };
    // Of a flag nobody can tell which of the levels GitLab has made of it.
    yield { output: replacedBy, argument: name, ...(fromReplaced ? {} : { from: itself }) };
  }
}

function itself(value: unknown): unknown {
  return value;
}

/** Whether a value is there. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
