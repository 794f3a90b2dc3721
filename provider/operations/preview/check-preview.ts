import type { PreviewHint } from "../../core/preview-hint";
import type { OperationContext } from "../context";
import { messageOf } from "../error-message";
import { warnOnce } from "../existing-object";
import { inParallel } from "../in-parallel";
import { lookUpTogether } from "../lookups";
import type { Props } from "../state/request-body";
import { furtherProblems, lookAhead } from "./look-ahead";
import { maintainer, makerOf, neededBy, parentProblem } from "./parent";
import { previewStateOf, type Problem } from "./state";
import { tokenProblem } from "./token";
import { goOnUnchecked, unlessUnanswered } from "./unchecked";

/** A new resource, or a new entry of a fleet, in a preview. */
export interface NewObject {
  readonly inputs: Props;
  /** How problems of an entry begin. */
  readonly prefix?: string;
}

/**
 * Asks GitLab what a preview should know of new resources: whether the token is good for it, and whether the
 * projects and groups are there.
 *
 * @param objects none where state knows the resource
 * @returns why `pulumi up` would fail
 */
export async function previewProblems(
  context: OperationContext,
  hint: PreviewHint,
  objects: readonly NewObject[],
): Promise<string[]> {
  const { connection } = context;
  const state = previewStateOf(connection);
  noteHint(context, hint);
  state.newInARow = objects.length === 0 ? 0 : state.newInARow + 1;
  if (objects.length === 0 || isOffline(context)) return [];
  try {
    const looking = parentProblems(context, hint, objects);
    // What is wrong with the token comes first, and explains what else fails.
    looking.catch(() => undefined);
    const token = await tokenProblem(context);
    if (token !== undefined) return [token];
    const parents = await looking;
    return parents.length === 0 ? [] : [...parents, ...(await furtherProblems(context, parents))];
  } catch (error) {
    return unanswered(context, error);
  }
}

/** No problem where GitLab gives no answer, and its words where it gives another than is known here. */
function unanswered(context: OperationContext, error: unknown): string[] {
  return unlessUnanswered(context, error) ? [] : [messageOf(error, context.definition)];
}

/**
 * Looks at the token before something is changed that state knows.
 *
 * @returns what is wrong with it, in a preview
 */
export async function previewTokenProblem(context: OperationContext): Promise<string | undefined> {
  if (!previewStateOf(context.connection).isPreview || isOffline(context)) return undefined;
  try {
    return await tokenProblem(context);
  } catch (error) {
    return unanswered(context, error)[0];
  }
}

function noteHint({ connection }: OperationContext, { ahead, made }: PreviewHint): void {
  const state = previewStateOf(connection);
  state.isPreview = true;
  for (const each of ahead) {
    const key = `${each.scope} ${each.text.toLowerCase()} ${each.kind}`;
    if (each.owner !== "" || !state.ahead.has(key)) state.ahead.set(key, each);
  }
  for (const each of made) state.made.add(each);
}

/** Whether nothing is to be asked, which is said once. */
export function isOffline(context: OperationContext): boolean {
  const { settings } = context.connection;
  const state = previewStateOf(context.connection);
  if (!settings.previewChecks) {
    if (state.isPreview) goOnUnchecked(context, "gitlab:previewChecks is false.", "info");
    return true;
  }
  if (settings.token === "") {
    goOnUnchecked(context, "gitlab:token is missing, so that nothing was asked of GitLab. `pulumi up` needs one.");
  }
  return state.isUnchecked;
}

async function parentProblems(
  context: OperationContext,
  hint: PreviewHint,
  objects: readonly NewObject[],
): Promise<string[]> {
  const { connection, definition, report } = context;
  await lookAhead(context);
  const all = objects.flatMap(({ inputs, prefix = "" }) =>
    neededBy(definition, inputs).map((needed) => ({ needed, inputs, prefix })),
  );
  const projects = all.filter(({ needed }) => needed.scope === "project").map(({ needed }) => needed.text);
  if (all.length > 2) await lookUpTogether(connection.impatient(), projects, report, maintainer);
  const problems: string[] = [];
  await inParallel(all, async ({ needed, inputs, prefix }) => {
    const problem = await parentProblem(context, needed);
    if (!problem) return;
    const maker = makerOf(connection, needed, hint, inputs);
    if (problem.isCertain && maker === undefined) problems.push(prefix + problem.text);
    else if (maker !== "program") warnOnce(context, warningOf(problem));
  });
  return problems;
}

function warningOf({ text, isCertain }: Problem): string {
  return isCertain ? `${text}. Unless this program makes it before, \`pulumi up\` stops there.` : `${text}.`;
}
