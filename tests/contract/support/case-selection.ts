import { fieldsOf } from "../../../provider/core/schema";
import type { Case } from "./cases";
import { settable } from "./samples";

/** All is tried on all: then each of these chooses every case. */
const isLong = process.env.LONG_TESTS === "1";

/** Every definition once, in a project where it can be in one: groups take what projects take. */
export function oncePerDefinition(cases: readonly Case[]): readonly Case[] {
  return cases.filter(([, scope, { scopes }]) => isLong || scope === "project" || !scopes.includes("project"));
}

/** {@link oncePerDefinition}, and as few of the others as have every trait. */
export function casesOfDefinitionsAndTraits(cases: readonly Case[]): readonly Case[] {
  const once = oncePerDefinition(cases);
  return [...once, ...casesCoveringTraits(cases.filter((each) => !once.includes(each)))];
}

/** As few cases as have, together, every kind at every scope and every trait that shared code knows of. */
export function casesCoveringTraits(cases: readonly Case[]): readonly Case[] {
  if (isLong) return cases;
  const missing = new Set(cases.flatMap(traitsOf));
  const rest = new Set([...cases].sort((one, other) => sizeOf(one) - sizeOf(other)));
  const chosen: Case[] = [];
  const worth = (each: Case) => traitsOf(each).filter((trait) => missing.has(trait)).length;
  while (missing.size > 0) {
    const [best] = [...rest].sort((one, other) => worth(other) - worth(one));
    if (!best) break;
    chosen.push(best);
    rest.delete(best);
    for (const trait of traitsOf(best)) missing.delete(trait);
  }
  return chosen;
}

/** The smallest case of each kind. */
export function oneCasePerKind(cases: readonly Case[]): readonly Case[] {
  if (isLong) return cases;
  const smallestFirst = [...cases].sort((one, other) => sizeOf(one) - sizeOf(other));
  const kinds = new Set(cases.map(([, , { kind }]) => kind));
  return [...kinds]
    .map((wanted) => smallestFirst.find(([, , { kind }]) => kind === wanted))
    .filter((smallest) => smallest !== undefined);
}

/** What shared code may treat otherwise than something else: properties of the definition and of its fields. */
function traitsOf([, scope, definition]: Case): string[] {
  const own = Object.entries(definition).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const ofFields = settable(definition, scope).flatMap(({ type, access, secret, required, meta }) => [
    `${type} ${access}`,
    ...(secret ? ["secret"] : []),
    ...(required ? ["required"] : []),
    ...Object.keys(meta),
  ]);
  return [`${definition.kind} in a ${scope}`, ...own, ...ofFields];
}

function sizeOf([, , { fields }]: Case): number {
  return fieldsOf(fields).size;
}
