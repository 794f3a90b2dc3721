import { notFound } from "../client";
import type { Parent } from "./connection";
import { unknownValue } from "../core/unknown";
import { knownParent, namedParent, scopeOf, type OperationContext } from "./context";
import type { Props } from "./state/request-body";

/** How the project or group that the arguments name compares with the one that an object lives in. */
export interface ParentChange {
  /** The argument that names another one, which asks for another object. */
  readonly replaces: readonly string[];
  /** The argument that names the same one by a new path, which the outputs do not have yet. */
  readonly renamed: readonly string[];
}

/**
 * Compares the project or group that the arguments name with the one that an object lives in.
 *
 * The text is looked up only when it is neither the number nor the path that is known: another way to write the same
 * project, or its new name after a rename, asks for no new object. A new path is written down, since each later run would
 * look it up again otherwise.
 */
export async function parentChangeOf(context: OperationContext, olds: Props, news: Props): Promise<ParentChange> {
  const known = knownParent(context.definition, olds);
  const scope = scopeOf(context.definition, news);
  if (!known || !scope) return { replaces: [], renamed: [] };
  const now = scope === known.scope ? await presentParent(context, olds, news) : undefined;
  if (now?.id !== known.id) return { replaces: [scope], renamed: [] };
  return { replaces: [], renamed: now.path === known.path ? [] : [scope] };
}

/**
 * The project or group that the arguments name, as the outputs know it while the name is one that they know.
 *
 * @returns undefined when the token sees none of that name
 */
export async function presentParent(context: OperationContext, olds: Props, news: Props): Promise<Parent | undefined> {
  const { definition, connection } = context;
  const known = knownParent(definition, olds);
  const named = namedParent(definition, news);
  if (!known || !named || news[named.scope] === unknownValue) return known;
  // A preview without a token has nobody to ask.
  if (connection.settings.token === "") return known;
  if (named.text === String(known.id) || named.text.toLowerCase() === known.path.toLowerCase()) return known;
  return connection.parent(named.scope, named.text).catch(notFound);
}
