import { UniqueNames } from "./names";
import { secretPlace, useText, type SecretPlace, type SecretUse } from "./secret-places";

/** A setting of the program that holds one secret, for one object or for several. */
export interface SecretSetting {
  /** `jiraPassword`. */
  readonly name: string;
  /** What it is for, one text for each object. */
  readonly uses: readonly string[];
  /** What stands for its place, so that a later import gives the same place the same setting. */
  readonly digest?: string;
}

/** The settings of a program, and which of them each secret has. */
export interface SecretSettings {
  readonly settings: readonly SecretSetting[];
  nameOf(use: SecretUse): string;
}

/**
 * Gives each place one setting, under the shortest name that no other place could have too.
 *
 * @param known settings of an earlier import, which keep their names
 */
export function secretSettings(uses: readonly SecretUse[], known: readonly SecretSetting[] = []): SecretSettings {
  const places = new Map<string, { readonly place: SecretPlace; readonly uses: SecretUse[] }>();
  const placeOf = new Map<SecretUse, string>();
  for (const use of uses) {
    const place = secretPlace(use);
    placeOf.set(use, place.text);
    const entry = places.get(place.text) ?? { place, uses: [] };
    entry.uses.push(use);
    places.set(place.text, entry);
  }
  const names = named(
    [...places.values()].map(({ place }) => place),
    known,
  );
  const settings = [...places.values()].map(({ place, uses: own }) => ({
    name: names.get(place.text) ?? "",
    uses: own.map(useText),
    ...(place.digest === undefined ? {} : { digest: place.digest }),
  }));
  return { settings, nameOf: (use) => names.get(placeOf.get(use) ?? "") ?? "" };
}

function named(places: readonly SecretPlace[], known: readonly SecretSetting[]): ReadonlyMap<string, string> {
  const free = new UniqueNames(known.map(({ name }) => name));
  const formerly = new Map(known.map(({ digest, name }) => [digest, name]));
  const shared = sharedNames(places);
  return new Map(
    places.map(({ text, names, digest }) => {
      const former = digest === undefined ? undefined : formerly.get(digest);
      const wanted = names.find((name) => !shared.has(name)) ?? names.at(-1) ?? "secret";
      return [text, former ?? free.take(wanted)];
    }),
  );
}

/** The names that several places could have. */
function sharedNames(places: readonly SecretPlace[]): ReadonlySet<string> {
  const once = new Set<string>();
  const again = new Set<string>();
  for (const { names } of places) {
    for (const name of new Set(names)) (once.has(name) ? again : once).add(name);
  }
  return again;
}
