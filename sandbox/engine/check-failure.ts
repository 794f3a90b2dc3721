import type { CheckFailure } from "./provider";
import { parseUrn } from "./urn";
import { type PropertyMap, Secret, type Value } from "./values";

/** The words of the real engine, which prints the value of the named property, secret or not. */
export function describeFailure(urn: string, failure: CheckFailure, inputs: PropertyMap): string {
  const { type, name } = parseUrn(urn);
  const resource = `${type} resource '${name}'`;
  if (failure.property === "") return `${resource} has a problem: ${failure.reason}`;
  const value = inputs[failure.property];
  const text = value === undefined ? "<nil>" : engineText(value);
  return `${resource}: property ${failure.property} value {${text}} has a problem: ${failure.reason}`;
}

function engineText(value: Value): string {
  if (value instanceof Secret) return `&{{${engineText(value.value)}}}`;
  return typeof value === "string" ? value : JSON.stringify(value);
}
