import type { Turn } from "../../../provider/conformance/sample-source";
import { Samples } from "../../../provider/conformance/samples";
import type { Definition } from "../../../provider/core/definition";
import type { FieldInfo, Scope } from "../../../provider/core/schema";
import type { Props } from "./managed-resource";
import { unique } from "./provider-fixture";

export { settable } from "../../../provider/conformance/samples";
export type { Turn };

/** The samples of the conformance run, with secrets that tests can look for. */
const samples = new Samples({
  next: () => unique(""),
  secretWord: "canary0secret",
  host: "example.com",
  // Groups and projects that every sandbox has, outside the group in which the tests make theirs.
  groups: [11, 10],
  projects: [47, 48],
});

/** A value for a field. */
export function sampleOf(definition: Definition, info: FieldInfo, turn: Turn): unknown {
  return samples.valueOf(definition, info, turn);
}

/** Every argument at its first sample. */
export function allArgs(definition: Definition, scope: Scope): Props {
  return { ...samples.all(definition, scope) };
}

/** The least that can be given: what is required, and what is required with it. */
export function leastArgs(definition: Definition, scope: Scope): Props {
  return { ...samples.least(definition, scope) };
}
