/** The first or the second value of a field; the first differs from GitLab's default. */
export type Turn = 0 | 1;

/** What samples are made of. */
export interface SampleSource {
  /** A number, as text, that no other sample has. */
  readonly next: () => string;
  /** What every secret begins with, letters and digits alone. */
  readonly secretWord: string;
  /** The host of addresses. GitLab may have to resolve it. */
  readonly host: string;
  /** Numbers of two groups that arguments may name. */
  readonly groups: readonly [number, number];
  /** Numbers of two projects that arguments may name. */
  readonly projects: readonly [number, number];
}
