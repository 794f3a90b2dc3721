import type { Ahead } from "../../core/preview-hint";
import { inParallel } from "../in-parallel";
import { lookUpTogether } from "../lookups";
import type { OperationContext } from "../context";
import { isLookedUp, maintainer, makerOf, parentProblem, type Needed } from "./parent";
import { previewStateOf } from "./state";
import { soon } from "./unchecked";

/** So many look-ups are begun ahead of the checks at most. */
const widest = 32;

/**
 * Begins look-ups for resources that are checked later. The engine checks one resource after the other, so that each
 * would wait for its own answer otherwise.
 *
 * What state knows is not to be looked up, and only its check tells that it does: so nothing is begun for the first new
 * resource in a row, and for each further one more.
 */
export async function lookAhead(context: OperationContext): Promise<void> {
  const { connection } = context;
  const state = previewStateOf(connection);
  if (state.newInARow < 2) return;
  const next = [...state.ahead.values()].filter((ahead) => !isLookedUp(context, neededFor(ahead)));
  if (state.ahead.size > state.listed) {
    state.listed = state.ahead.size;
    await together(context, next);
  }
  const begun = next.slice(0, Math.min(widest, 2 ** state.newInARow));
  for (const ahead of begun) parentProblem(context, neededFor(ahead)).catch(() => undefined);
}

/** Projects of one group come from its list, where that takes fewer requests. */
async function together({ connection, report }: OperationContext, ahead: readonly Ahead[]): Promise<void> {
  const projects = ahead.filter(({ scope }) => scope === "project").map(({ text }) => text);
  const quiet: typeof report = (severity, text) => {
    if (severity !== "status") report(severity, text);
  };
  const looking = lookUpTogether(connection.impatient(), projects, quiet, maintainer);
  await soon(connection.settings.baseUrl, looking).catch(() => undefined);
}

/** Everything else that stands in the way of what the program names, each with its resource. */
export async function furtherProblems(context: OperationContext, known: readonly string[]): Promise<string[]> {
  const state = previewStateOf(context.connection);
  const found: string[] = [];
  const looking = inParallel(state.ahead.values(), async (ahead) => {
    const needed = neededFor(ahead);
    if (makerOf(context.connection, needed) !== undefined) return;
    const problem = await parentProblem(context, needed).catch(() => undefined);
    const isMeant = problem?.isCertain === true && !known.includes(problem.text);
    if (isMeant) found.push(ahead.owner === "" ? problem.text : `${problem.text} (${ahead.owner})`);
  });
  await soon(context.connection.settings.baseUrl, looking).catch(() => undefined);
  return found;
}

function neededFor({ scope, text, kind }: Ahead): Needed {
  return { scope, text, kind: kind === "" ? undefined : (kind as Needed["kind"]) };
}
