/** Chance that gives the same for the same seed. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number {
    // Mulberry32: small, and good enough to choose where something breaks.
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  }

  /** One of some values. */
  of<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("there is nothing to choose from");
    return value;
  }
}

/** A seed of its own for everything that has another name. */
export function seedOf(base: number, name: string): number {
  let hash = base >>> 0;
  for (const character of name) hash = (Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) + 1) >>> 0;
  return hash;
}
