import type { Definition, Kind } from "../core/definition";

/** How one object and several of a kind are called, for every kind of which there are fleets. */
const nouns: Partial<Readonly<Record<Kind, readonly [one: string, many: string]>>> = {
  hook: ["hook", "hooks"],
  integration: ["integration", "integrations"],
  notification: ["notification settings", "notification settings"],
  pushRule: ["set of push rules", "sets of push rules"],
  share: ["share", "shares"],
};

const prefix = "fleet.";

/** Whether there are fleets of a definition's objects: what the owner of a token has one of makes none. */
export function isFleetable({ kind, scopes }: Pick<Definition, "kind" | "scopes">): boolean {
  return kind in nouns && scopes.length > 0;
}

/** The name under which state refers to the fleets of a definition: `fleet.ProjectHook`, `fleet.integrations.Slack`. */
export function fleetName(definition: Pick<Definition, "name">): string {
  return prefix + definition.name;
}

/** The definition's name in the name of its fleets, or undefined for any other name. */
export function entryName(name: string): string | undefined {
  return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}

/** A number of objects in words: `1,204 hooks`. */
export function counted(definition: Definition, count: number): string {
  const [one, many] = nouns[definition.kind] ?? [definition.name, definition.name];
  return `${formatted(count)} ${count === 1 ? one : many}`;
}

/** A whole number with commas: `3,000`. */
export function formatted(count: number): string {
  return count.toLocaleString("en");
}

/**
 * Why a key does not arrive as it is, undefined where it does: JavaScript takes `__proto__` for something else, and what
 * is no character becomes another one on the way to the engine, so that two keys become one.
 */
export function lossOf(key: string): string | undefined {
  if (key === "__proto__") return "a key must not be __proto__";
  if (!/[\p{Cs}\uFFFD]/u.test(key)) return undefined;
  return "a key must be valid Unicode, without lone surrogates and U+FFFD";
}
