import { isSingleton, type Definition } from "../../../provider/core/definition";
import type { Scope } from "../../../provider/core/schema";
import { definitionsByName } from "../../../provider/resources/definitions";
import { ManagedResource, type Props } from "./managed-resource";
import type { TestParent, ProviderFixture } from "./provider-fixture";

/** A definition at a scope it can live at, under its name. */
export type Case = readonly [name: string, scope: Scope, definition: Definition];

/** The sandbox's version before each that removed something. */
const versionsBefore: Readonly<Record<string, string>> = { "19.0": "18.11.0-ee" };

/** The last version that has what newer servers no longer have. */
function lastVersionOf({ name, removedIn }: Definition): string | undefined {
  if (removedIn === undefined) return undefined;
  const version = versionsBefore[removedIn];
  if (version === undefined) throw new Error(`${name}: add to versionsBefore a version older than ${removedIn}`);
  return version;
}

const all: readonly Case[] = [...definitionsByName().values()].flatMap((definition) =>
  definition.scopes.map((scope) => [definition.name, scope, definition] as const),
);

/** Whether the sandbox's own version has it. */
export function isOffered({ removedIn }: Definition): boolean {
  return removedIn === undefined;
}

/** Every definition that the sandbox's own version has, at every scope it can live at. */
export const cases: readonly Case[] = all.filter(([, , definition]) => isOffered(definition));

/** The other definitions by the last version that has them. */
export const removedCases: readonly (readonly [version: string, cases: readonly Case[]])[] = [
  ...new Set(all.flatMap(([, , definition]) => lastVersionOf(definition) ?? [])),
].map((version) => [version, all.filter(([, , definition]) => lastVersionOf(definition) === version)]);

/** A definition by its name. */
export function definitionOf(name: string): Definition {
  const definition = definitionsByName().get(name);
  if (!definition) throw new Error(`no definition ${name}`);
  return definition;
}

/** The slug of an integration. */
export function slugOf(definition: Definition): string {
  return definition.path.replace("integrations/", "");
}

/** The path of an object, for requests and IDs: `projects/42/hooks/7`. */
export function pathIn(definition: Definition, place: TestParent, key: number | string = ""): string {
  return `${place.scope}s/${place.id}/${definition.path.replace(":id", String(key))}`;
}

/** The path of the collection that a POST goes to, or of the object where there is one per parent. */
export function collectionIn(definition: Definition, place: TestParent): string {
  return isSingleton(definition) ? pathIn(definition, place) : pathIn(definition, place).replace(/\/$/, "");
}

/** What GitLab has for everybody, and what its API cannot delete: it stays. */
export function isLasting({ kind, undeletable }: Definition): boolean {
  return kind === "notification" || kind === "pullMirror" || undeletable !== undefined;
}

/** A resource that is made; where the API cannot make it, one that was installed by hand is taken over. */
export async function made(
  fixture: ProviderFixture,
  definition: Definition,
  place: TestParent,
  args: Props,
): Promise<ManagedResource> {
  const managed = new ManagedResource(fixture, definition);
  const mark = install(fixture, definition, place);
  await managed.up({ [place.scope]: place.id, ...args }, mark);
  return managed;
}

/** Puts in place what the API cannot make. */
export function install(fixture: ProviderFixture, definition: Definition, place: TestParent): string | undefined {
  if (definition.installation === undefined) return undefined;
  fixture.sandbox.control.seedIntegration({ scope: `${place.scope}s/${place.id}`, slug: slugOf(definition) });
  return pathIn(definition, place);
}
