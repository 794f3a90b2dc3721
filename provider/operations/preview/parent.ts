import { apiPath, GitLabError, isNotFound, notFound, refusedWith } from "../../client";
import type { Definition, Kind } from "../../core/definition";
import { hasUnknown, unknownValue } from "../../core/unknown";
import { parentText } from "../../core/parent-ref";
import { bare, type PreviewHint } from "../../core/preview-hint";
import type { Scope } from "../../core/schema";
import type { Connection, Parent } from "../connection";
import { namedParent, type OperationContext } from "../context";
import { messageOf } from "../error-message";
import { referencesOf } from "../state/references";
import type { Props } from "../state/request-body";
import { roleProblem } from "./role";
import { previewStateOf, type Problem } from "./state";
import { similarTo } from "./similar";
import { soon } from "./unchecked";

/** The level of a Maintainer. */
export const maintainer = 40;

/** What a resource needs to be there. */
export interface Needed {
  readonly scope: Scope;
  readonly text: string;
  /** The kind of object that is to live there; undefined for what is only named. */
  readonly kind?: Kind | undefined;
  /** Whether a user's own namespace does as well as a group. */
  readonly users?: boolean;
}

/** The projects and groups that arguments name, as far as they are known. */
export function neededBy(definition: Definition, inputs: Props): readonly Needed[] {
  const named = definition.parentKind ? undefined : namedParent(definition, inputs);
  const own = named && inputs[named.scope] !== unknownValue ? [{ ...named, kind: definition.kind }] : [];
  const others = referencesOf(definition).flatMap(({ info, names }) => {
    const value = inputs[info.name];
    const text = value === unknownValue ? undefined : parentText(names.scope, value);
    return text === undefined ? [] : [{ scope: names.scope, text, users: names.users !== undefined }];
  });
  return [...own, ...others];
}

/**
 * Looks whether a project or group is there and its objects can be changed: once for each in a process.
 *
 * @throws GitLabError or UnreachableError when GitLab does not answer
 */
export function parentProblem(context: OperationContext, needed: Needed): Promise<Problem | undefined> {
  const { connection } = context;
  const { parents } = previewStateOf(connection);
  const key = keyOf(needed);
  const looking = parents.get(key) ?? soon(connection.settings.baseUrl, look(context, needed));
  parents.set(key, looking);
  return looking;
}

/** Whether it is looked up, or just being looked up. */
export function isLookedUp({ connection }: Pick<OperationContext, "connection">, needed: Needed): boolean {
  const { parents } = previewStateOf(connection);
  return parents.has(keyOf(needed)) || connection.isKnown(needed.scope, needed.text);
}

function keyOf({ scope, text, kind }: Needed): string {
  return [scope, text.toLowerCase(), kind === "hook" ? kind : ""].join(" ");
}

async function look(context: OperationContext, needed: Needed): Promise<Problem | undefined> {
  const { connection } = context;
  const { scope, text, kind } = needed;
  try {
    // The list of its hooks tells of a group, and of the right to change them too.
    if (scope === "group" && kind === "hook") return await lookAtHooks(connection, scope, text);
    const parent = await lookUp(connection, needed);
    return kind && parent && (await stateProblem(connection, parent, kind));
  } catch (error) {
    if (isNotFound(error)) return missing(connection, needed);
    if (!(error instanceof GitLabError) || error.status >= 500 || error.status === 429) throw error;
    return { text: messageOf(error, context.definition), isCertain: true };
  }
}

async function lookUp(connection: Connection, { scope, text, users }: Needed): Promise<Parent | undefined> {
  if (users) {
    await connection.impatient().namespace(text);
    return undefined;
  }
  if (connection.isKnown(scope, text)) return connection.parent(scope, text);
  const { lookUps } = previewStateOf(connection);
  const key = `${scope} ${text.toLowerCase()}`;
  const looking = lookUps.get(key) ?? connection.impatient().parent(scope, text);
  lookUps.set(key, looking);
  return looking;
}

async function missing(connection: Connection, { scope, text, users }: Needed): Promise<Problem> {
  const similar = await similarTo(connection, scope, text).catch(() => undefined);
  const advice = similar === undefined ? "" : `; did you mean ${similar}?`;
  const what = users ? "namespace" : scope;
  return { text: `${what} ${text}: not found, or the token cannot see it${advice}`, isCertain: true };
}

/** Hooks and push rules of an archived project can be changed, and everybody has settings for his notifications. */
const inArchived: ReadonlySet<Kind> = new Set(["hook", "pushRule", "notification"]);

async function stateProblem(connection: Connection, parent: Parent, kind: Kind): Promise<Problem | undefined> {
  if (parent.archived === true && !inArchived.has(kind)) {
    const text = `${parent.path} is archived, and GitLab refuses most changes there: unarchive it, or remove the resource`;
    return { text, isCertain: false };
  }
  const state = previewStateOf(connection);
  if (kind !== "hook" || parent.level === undefined || (parent.level ?? 0) >= maintainer) return undefined;
  if (parent.level === null && state.isAdmin) return undefined;
  const problem = await lookAtHooks(connection, parent.scope, parent.path);
  state.isAdmin ||= parent.level === null && problem === undefined;
  return problem;
}

/** Whoever may read hooks may change them. */
async function lookAtHooks(connection: Connection, scope: Scope, text: string): Promise<Problem | undefined> {
  try {
    await connection.impatient().client.get(apiPath(scope, text, "hooks"), { per_page: 1 });
    return undefined;
  } catch (error) {
    if (refusedWith(error, 403)) return roleProblem("hook", scope, text);
    const isLicence =
      scope === "group" && isNotFound(error) && !error.details.some((each) => each.includes("Group Not Found"));
    if (!isLicence || (await connection.impatient().parent(scope, text).catch(notFound)) === undefined) throw error;
    const why = "GitLab has no hooks of groups here: they need GitLab Premium, and the token's user the role Owner";
    return { text: `group ${text}: ${why}`, isCertain: true };
  }
}

/**
 * Whether something of this program may make what is not there: then nothing can be said of it yet.
 *
 * @returns `program` for a project that the program manages, `perhaps` where the resource waits for another
 */
export function makerOf(
  connection: Connection,
  { scope, text }: Needed,
  hint?: PreviewHint,
  inputs: Props = {},
): "program" | "perhaps" | undefined {
  const { made } = previewStateOf(connection);
  if (scope === "project" && (made.has("*") || made.has(bare(text)))) return "program";
  return hint?.depends === true || hasUnknown(inputs) ? "perhaps" : undefined;
}
