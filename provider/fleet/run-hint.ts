import { textIn } from "../operations/state/hidden-state";
import type { OperationContext } from "../operations/context";
import type { Props } from "../operations/state/request-body";
import { withoutRunHint, type RunHint } from "./exclusive-arguments";

/** What the program last told of the run of each exclusive fleet. */
const hints = new Map<string, RunHint>();

/** Takes out of the arguments of a fleet what the program tells of its run, and notes it for the steps that follow. */
export function noteRun({ definition }: Pick<OperationContext, "definition">, news: Props): Props {
  const { hint, given } = withoutRunHint(news);
  const key = JSON.stringify([definition.name, textIn(news, "__resource")]);
  if (hint) hints.set(key, hint);
  else hints.delete(key);
  return given;
}

/** What the program told of the run of the fleet with these arguments. */
export function hintOf({ definition }: OperationContext, news: Props): RunHint {
  const hint = hints.get(JSON.stringify([definition.name, textIn(news, "__resource")]));
  return hint ?? { isPreview: false, stack: "", managed: [], isComplete: false };
}
