import type { Connection } from "../connection";
import { ProviderError } from "../../core/errors";
import { defined, type Props } from "./request-body";

/**
 * Hidden properties: the engine stores names that begin with two underscores and displays none.
 *
 * - `__managed`: the names of the arguments that were set, sorted.
 * - `__gitlab`: the API's base URL that the object lives on.
 * - `__claim`: a random text, new with every create, by which a resource owns its object.
 * - `__inherited`: true where the object inherited before the program managed it, so that its deletion brings that back.
 * - `__incomplete`: true where the last step of a create failed, so that the next update does it again.
 * - `__stored`: by the name of an argument that GitLab has otherwise than the program, a text that stands for what it has.
 * - `__untaken`: the names of arguments that this GitLab does not take.
 * - `__import`: the ID of the existing object to take over.
 * - `__imported`: true where the object was there before the resource, which took it over.
 * - `__provider`: the line that loads the handlers.
 * - `__resource`: the resource as messages name it.
 */
export interface HiddenState {
  readonly __managed: readonly string[];
  readonly __gitlab: string;
  readonly __claim: string | undefined;
  readonly __imported?: true | undefined;
  readonly __inherited?: true | undefined;
  readonly __incomplete?: true | undefined;
  readonly __stored?: Readonly<Record<string, string>> | undefined;
  readonly __untaken?: readonly string[] | undefined;
}

const marks: ReadonlySet<string> = new Set([
  "__claim",
  "__gitlab",
  "__import",
  "__imported",
  "__incomplete",
  "__inherited",
  "__managed",
  "__provider",
  "__resource",
  "__stored",
  "__untaken",
]);

/** Whether a property is one of the hidden ones: no program gives others that begin like them. */
export function isHidden(name: string): boolean {
  return marks.has(name);
}

/** The list of names under a mark. */
export function namesIn(props: Props, mark: "__managed" | "__untaken"): readonly string[] {
  const names = props[mark];
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

/** Marks as they go into the outputs: empty ones stay away. */
export function toHiddenState(marks: HiddenState): Record<string, unknown> {
  const { __stored = {}, __untaken = [], ...rest } = marks;
  return defined({
    ...rest,
    ...(Object.keys(__stored).length > 0 ? { __stored } : {}),
    ...(__untaken.length > 0 ? { __untaken } : {}),
  });
}

/** Outputs of an object of which nothing remains to be made. */
export function withoutIncomplete(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([name]) => name !== "__incomplete"));
}

/** The text under a mark. */
export function textIn(
  props: Props,
  mark: "__claim" | "__gitlab" | "__import" | "__provider" | "__resource",
): string | undefined {
  const text = props[mark];
  return typeof text === "string" && text !== "" ? text : undefined;
}

/**
 * Refuses to touch an object that lives on another GitLab than the configured one.
 *
 * @throws ProviderError that names both and the ways out
 */
export function requireSameGitLab(connection: Connection, id: string, props: Props): void {
  const home = textIn(props, "__gitlab");
  const { baseUrl, formerBaseUrls } = connection.settings;
  if (home === undefined || home === baseUrl || formerBaseUrls.includes(home)) return;
  throw new ProviderError(
    `${id} lives on ${home}, but gitlab:baseUrl is ${baseUrl}. If both are the same GitLab under a new name, add the ` +
      `former one to gitlab:formerBaseUrls. If they are two, set gitlab:baseUrl back to ${home}, run \`pulumi up\` once ` +
      "(a failed one has stored the new URL already), remove the resource from the program and run `pulumi up` again, " +
      "then change it. For a GitLab that is gone, remove the resource from state with `pulumi state delete`.",
  );
}
