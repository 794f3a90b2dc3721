import type { Imported } from "../model/imported";

/** An argument as the program writes it. */
export type Value =
  | { readonly kind: "plain"; readonly value: unknown }
  /** A secret, by the name of its setting. */
  | { readonly kind: "secret"; readonly setting: string }
  /** A map of secrets: keys, with the names of their settings. */
  | { readonly kind: "secrets"; readonly settings: readonly (readonly [key: string, setting: string])[] };

/** The arguments of an object by field. */
export function valuesOf({ given, settings }: Imported): ReadonlyMap<string, Value> {
  const nameOf = (path: string) => settings.get(path) ?? path;
  return new Map(
    [...given].map(([field, argument]): [string, Value] => {
      if (argument.kind === "plain") return [field, argument];
      if (argument.kind === "secret") return [field, { kind: "secret", setting: nameOf(field) }];
      return [field, { kind: "secrets", settings: argument.keys.map((key) => [key, nameOf(`${field}.${key}`)]) }];
    }),
  );
}

/** A text that two values share when they are written alike. */
export function textOf(value: Value): string {
  return JSON.stringify(value);
}
