import { className } from "../../../core/definition";
import { isWritten, type ParentResources } from "../model/imported";

/** What is there and is no resource of the program, and what it leaves to GitLab, a sentence each. */
export function notesOf(sections: readonly ParentResources[]): string[] {
  const inactive = placesBy(sections, ({ inactive: found }) => found.map(className));
  const unsupported = placesBy(sections, ({ unsupported: found }) => found);
  return [
    ...omittedSecrets(sections),
    ...doubtfulSecrets(sections),
    ...inactive.map(([name, places]) => `${name} is switched off, which is all that the API can do: ${places}.`),
    ...unsupported.map(([name, places]) => `This package has no class for ${name}: ${places}.`),
    ...sections.flatMap(refused),
  ];
}

function refused({ imported }: ParentResources): string[] {
  return imported
    .filter((one) => !isWritten(one))
    .map(
      ({ id, resource, problems }) =>
        `${className(resource.definition)} at ${id} is left out, since its arguments would be refused: ${problems.join("; ")}.`,
    );
}

function omittedSecrets(sections: readonly ParentResources[]): string[] {
  const written = sections.flatMap(({ imported }) => imported.filter(isWritten));
  const counts = countsOf(written.flatMap((one) => kindsOf(one.omittedSecrets, className(one.resource.definition))));
  return counts.length > 0 ? [`GitLab keeps these secrets, which are not in the program: ${counts.join(", ")}.`] : [];
}

function doubtfulSecrets(sections: readonly ParentResources[]): string[] {
  const written = sections.flatMap(({ imported }) => imported.filter(isWritten));
  const names = written.flatMap((one) => kindsOf(one.doubtful, className(one.resource.definition)));
  const counts = [...new Set(names)].sort();
  return counts.length > 0
    ? [`GitLab does not say whether these are set, and keeps them if they are: ${counts.join(", ")}.`]
    : [];
}

/** `ProjectHook token`; of several keys of a map, the map once. */
function kindsOf(paths: readonly string[], name: string): string[] {
  return [...new Set(paths.map((path) => `${name} ${path.split(".")[0]}`))];
}

/** `ProjectHook token (12)`. */
function countsOf(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, count]) => (count > 1 ? `${name} (${count})` : name));
}

/** The most places that a comment names. */
const mostPlaces = 10;

/** What was found, by name, each with the projects and groups that have it. */
function placesBy(
  sections: readonly ParentResources[],
  namesIn: (section: ParentResources) => readonly string[],
): (readonly [name: string, places: string])[] {
  const places = new Map<string, string[]>();
  for (const section of sections) {
    for (const name of namesIn(section)) places.set(name, [...(places.get(name) ?? []), section.parent?.path ?? ""]);
  }
  return [...places]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, all]) => [name, listed(all)] as const);
}

function listed(all: readonly string[]): string {
  const more = all.length - mostPlaces;
  return more > 0 ? `${all.slice(0, mostPlaces).join(", ")} and ${more} more` : all.join(", ");
}
