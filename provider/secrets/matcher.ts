import { encodedFormsOf, encodingsOf } from "./encodings";

/** A value that must not be shown, and what stands in its place. */
export type Replacement = readonly [value: string, by: string];

/** So many last characters tell a spelling from most others. */
const endLength = 6;

/** The spellings of a longer value, a private key for one, take too much memory to be kept. */
const longestKept = 256;

/**
 * Values that no text may show. Their spellings are made when the first text is looked at, and found by how they end: ten
 * thousand tokens hold no message up.
 */
export class SecretMatcher {
  readonly #values = new Set<string>();
  #unspelled: string[] = [];
  readonly #long: string[] = [];
  readonly #forms = new Set<string>();
  /** The spellings by their last characters; those that are shorter than that under none. */
  readonly #byEnd = new Map<string, string | string[]>();

  /** @param by what stands in the place of a value */
  constructor(readonly by: string) {}

  /** Hides one more value. */
  add(value: string): void {
    if (this.#values.has(value)) return;
    this.#values.add(value);
    (value.length > longestKept ? this.#long : this.#unspelled).push(value);
  }

  /** Every spelling of every value, as far as it can stand in a message. */
  *all(message: string): Generator<Replacement> {
    this.#spell();
    for (const form of this.#forms) yield [form, this.by];
    for (const value of this.#long) for (const form of encodedFormsOf(value, message.length)) yield [form, this.by];
  }

  /** The spellings that stand in a message. */
  *within(message: string): Generator<Replacement> {
    this.#spell();
    for (const form of this.#candidates(message)) if (message.includes(form)) yield [form, this.by];
  }

  *#candidates(message: string): Generator<string> {
    yield* this.#endingIn("");
    for (let at = endLength; at <= message.length; at++) yield* this.#endingIn(message.slice(at - endLength, at));
    for (const value of this.#long) yield* encodedFormsOf(value, message.length);
  }

  #endingIn(end: string): readonly string[] {
    const forms = this.#byEnd.get(end) ?? [];
    return typeof forms === "string" ? [forms] : forms;
  }

  #spell(): void {
    const values = this.#unspelled;
    this.#unspelled = [];
    for (const value of values) for (const form of encodingsOf(value, value.length)) this.#keep(form);
  }

  #keep(form: string): void {
    if (this.#forms.has(form)) return;
    this.#forms.add(form);
    const end = form.length < endLength ? "" : form.slice(-endLength);
    const others = this.#byEnd.get(end);
    if (others === undefined) this.#byEnd.set(end, form);
    else if (typeof others === "string") this.#byEnd.set(end, [others, form]);
    else others.push(form);
  }
}
