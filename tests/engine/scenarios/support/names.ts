import type { Stored } from "./driver";

/** The last part of a URN. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** The resource of a name. */
export function storedIn(resources: readonly Stored[], name: string): Stored {
  const found = resources.find(({ urn }) => nameOf(urn) === name);
  if (!found) throw new Error(`the state has no ${name}`);
  return found;
}

/** The URN of the resource of a name. */
export function urnIn(resources: readonly Stored[], name: string): string {
  return storedIn(resources, name).urn;
}
