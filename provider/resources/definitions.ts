import type { Definition } from "../core/definition";
import * as resources from "./index";

const below = "integrations.";

/**
 * The definition of a name that state keeps: that of the class with this name. No other is loaded.
 *
 * @returns undefined for a name that this version does not know
 */
export function definitionOf(name: string): Definition | undefined {
  const [exports, exported] = name.startsWith(below)
    ? [resources.integrations, name.slice(below.length)]
    : [resources, name];
  if (!Object.hasOwn(exports, exported)) return undefined;
  return (exports as unknown as Readonly<Record<string, { readonly definition?: Definition }>>)[exported]?.definition;
}

/** Every definition by the name that state keeps, which loads them all. */
export function definitionsByName(): ReadonlyMap<string, Definition> {
  const names = [...Object.keys(resources), ...Object.keys(resources.integrations).map((exported) => below + exported)];
  return new Map(
    names.flatMap((name) => {
      const definition = definitionOf(name);
      return definition ? [[name, definition] as const] : [];
    }),
  );
}
